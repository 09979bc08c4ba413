-- Says, once, that the program is not there: Neovim itself writes that into a log and starts nothing.

local M = {}

--- The program that starts the server, as it is configured; nil where a function starts it.
---@return string?
function M.program()
  local config = vim.lsp.config and vim.lsp.config.followup
  local cmd = config and config.cmd or { "followup", "server" }
  return type(cmd) == "table" and cmd[1] or nil
end

--- To be called when a document is opened.
function M.tell()
  local program = M.program()
  local enabled = vim.lsp.is_enabled == nil or vim.lsp.is_enabled("followup")
  if program == nil or not enabled or vim.fn.executable(program) == 1 then
    return
  end
  local what = "Followup: `%s` is not on the PATH, so nothing is reviewed; in a clone of the repository, "
    .. "`cargo install --locked --path server` installs it, and :checkhealth followup tells more"
  vim.notify_once(what:format(program), vim.log.levels.WARN)
end

return M

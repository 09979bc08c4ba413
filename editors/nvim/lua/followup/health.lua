-- What `:checkhealth followup` tells: the program, the client, the parser, each with what to do where something is missing.

local parser = require("followup.parser")

local M = {}

local health = vim.health

--- The command that starts the server, as it is configured.
---@return string[]
local function command()
  local config = vim.lsp.config and vim.lsp.config.followup
  local cmd = config and config.cmd
  return type(cmd) == "table" and cmd or { "followup", "server" }
end

local function program()
  health.start("Program")
  local name = command()[1]
  local path = vim.fn.exepath(name)
  if path == "" then
    return health.error(("`%s` is not on the PATH"):format(name), {
      "In a clone of the repository: cargo install --locked --path server",
      "Put ~/.cargo/bin on the PATH, or say where it is: vim.lsp.config('followup', { cmd = { '/path/to/followup', 'server' } })",
    })
  end
  local ran, result = pcall(function()
    return vim.system({ path, "--version" }, { text = true }):wait(5000)
  end)
  if ran and result.code == 0 and vim.startswith(result.stdout, "followup ") then
    health.ok(("%s: %s"):format(path, vim.trim(result.stdout)))
  else
    health.error(
      ("`%s --version` does not answer as Followup does"):format(path),
      "Is it another program of that name?"
    )
  end
end

local function client()
  health.start("Client")
  if vim.fn.has("nvim-0.11") == 0 then
    health.info("this Neovim is older than 0.11: start the server as :help followup-0.10 shows")
  elseif vim.lsp.is_enabled and not vim.lsp.is_enabled("followup") then
    health.warn("the server is not enabled", "Put vim.lsp.enable('followup') into your init.lua")
  else
    health.ok("the server is enabled")
  end
  local clients = vim.lsp.get_clients({ name = "followup" })
  for _, it in ipairs(clients) do
    local version = it.server_info and it.server_info.version or "of unknown version"
    local buffers = vim.tbl_map(function(buffer)
      return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":~:.")
    end, vim.tbl_keys(it.attached_buffers))
    health.ok(("server %s attached to %s"):format(version, table.concat(buffers, ", ")))
    local offered = vim.tbl_get(it.server_capabilities, "executeCommandProvider", "commands") or {}
    if not vim.tbl_contains(offered, "followup.get.review") then
      health.warn(
        "the server is older than this plugin, and some commands will fail",
        "Install it anew from the same clone"
      )
    end
  end
  if #clients > 0 then
    return
  end
  local open = vim.iter(vim.api.nvim_list_bufs()):any(function(buffer)
    return vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "markdown" and vim.bo[buffer].buftype == ""
  end)
  if vim.fn.exepath(command()[1]) == "" then
    health.info("no client is attached: the program is not on the PATH")
  elseif open then
    health.warn("no client is attached, though a Markdown file is open", "Open it anew with :edit; `:Followup log` tells what went wrong")
  else
    health.info("no client is attached: no Markdown file is open")
  end
end

local function grammar()
  health.start("Highlighting of numbers")
  local installed = parser.installed()
  if #installed == 0 then
    health.info("the parser is not built, so numbers are not highlighted; `:Followup build-parser` builds it")
    if not parser.compiler() then
      health.warn("no C compiler was found", "Install one, or name it in $CC")
    end
    return
  end
  local loads, problem = vim.treesitter.language.add(parser.LANGUAGE)
  if not loads then
    return health.error(
      ("%s cannot be loaded: %s"):format(installed[1], problem),
      "Build it anew: `:Followup build-parser`"
    )
  end
  local parses, query = pcall(vim.treesitter.query.get, parser.LANGUAGE, "highlights")
  if not parses or not query then
    return health.error(
      "its queries do not fit the parser",
      "Build it anew: `:Followup build-parser`, then start Neovim again"
    )
  end
  health.ok("parser: " .. installed[1])
  local on = vim.iter(vim.api.nvim_list_bufs()):any(function(buffer)
    return vim.bo[buffer].filetype == "markdown" and vim.treesitter.highlighter.active[buffer] ~= nil
  end)
  if on then
    health.ok("tree-sitter highlights Markdown")
  else
    health.info(
      "tree-sitter does not highlight an open Markdown file; :help followup-highlighting shows the line that turns it on"
    )
  end
end

function M.check()
  program()
  client()
  grammar()
end

return M

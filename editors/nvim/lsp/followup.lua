-- How Neovim 0.11 and newer starts the server, once `vim.lsp.enable("followup")` is said. See |followup-setup|.

return {
  cmd = { "followup", "server" },
  -- Settings files are TOML: there a question's id has its page as a hover.
  filetypes = { "markdown", "toml" },
  root_dir = function(buffer, start)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    if vim.bo[buffer].filetype == "toml" and name ~= "followup.toml" then
      return
    end
    -- Asked for by name, since a person may have set another.
    local program = vim.lsp.config.followup.cmd[1]
    if type(program) == "string" and vim.fn.executable(program) == 0 then
      local what = "Followup: `%s` is not on the PATH, so nothing is reviewed; in a clone of the repository, "
        .. "`cargo install --locked --path server` installs it, and :checkhealth followup tells more"
      return vim.notify_once(what:format(program), vim.log.levels.WARN)
    end
    start(vim.fs.root(buffer, { ".followup", ".git", "followup.toml" }))
  end,
}

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
    start(vim.fs.root(buffer, { ".followup", ".git", "followup.toml" }))
  end,
}

-- Defines `:Followup`, and says so where the program is missing; everything else is loaded when it is asked for.

if vim.g.loaded_followup then
  return
end
vim.g.loaded_followup = true

vim.api.nvim_create_user_command("Followup", function(command)
  require("followup").run(command.fargs)
end, {
  nargs = "*",
  desc = "Followup: checklists, pages, reviews",
  complete = function(_, line, position)
    return require("followup").complete(line:sub(1, position))
  end,
})

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("followup", {}),
  pattern = "markdown",
  callback = function(event)
    -- A document of the person's own: not a page, a note that floats, or a help text.
    if vim.bo[event.buf].buftype == "" then
      require("followup.missing").tell()
    end
  end,
})

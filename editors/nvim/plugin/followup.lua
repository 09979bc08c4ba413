-- Defines `:Followup`; everything else is loaded when it is asked for.

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

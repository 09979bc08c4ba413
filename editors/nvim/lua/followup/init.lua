-- The subcommands of `:Followup`, and their completion.

local page = require("followup.page")
local server = require("followup.server")

local M = {}

---@class followup.Subcommand
---@field about string What it does, for the menu.
---@field run fun(argument: string?)
---@field complete? fun(): string[] What its argument may be.

---@type table<string, followup.Subcommand>
local subcommands = {
  insert = {
    about = "insert all open checklists into this document",
    run = function()
      M.insert()
    end,
  },
  explain = {
    about = "show the page of a question or a concept; without a name, of the finding or the term under the cursor",
    run = function(id)
      M.explain(id)
    end,
    complete = function()
      return vim.tbl_map(function(it)
        return it.id
      end, server.pages_now(M.document()) or {})
    end,
  },
  review = {
    about = "show what is asked of this document, and how each question stands",
    run = function()
      M.review()
    end,
  },
  findings = {
    about = "put the findings of all open documents into the quickfix list",
    run = function()
      M.findings()
    end,
  },
  restart = {
    about = "restart the server",
    run = function()
      server.restart()
    end,
  },
  log = {
    about = "open the log",
    run = function()
      M.log()
    end,
  },
  ["build-parser"] = {
    about = "compile the parser that highlights numbers",
    run = function()
      require("followup.parser").build()
    end,
  },
}

--- Runs `:Followup` with these arguments; without any, offers the subcommands in a menu.
---@param arguments string[]
function M.run(arguments)
  local name, argument = arguments[1], arguments[2]
  if not name then
    return M.choose()
  end
  local subcommand = subcommands[name]
  if not subcommand then
    local known = table.concat(M.names(), ", ")
    return M.tell(("there is no `:Followup %s`; there are %s"):format(name, known), vim.log.levels.WARN)
  end
  if #arguments > (subcommand.complete and 2 or 1) then
    return M.tell(("`:Followup %s` takes no more than that; see :help :Followup"):format(name), vim.log.levels.WARN)
  end
  subcommand.run(argument)
end

--- What may follow the line of a command as typed so far.
---@param line string
---@return string[]
function M.complete(line)
  local words = vim.split(line:gsub("^.*Followup%s*", ""), "%s+")
  local last = words[#words]
  local candidates = {}
  if #words == 1 then
    candidates = M.names()
  elseif #words == 2 and subcommands[words[1]] and subcommands[words[1]].complete then
    candidates = subcommands[words[1]].complete()
  end
  return vim.tbl_filter(function(it)
    return vim.startswith(it, last)
  end, candidates)
end

---@return string[]
function M.names()
  local names = vim.tbl_keys(subcommands)
  table.sort(names)
  return names
end

function M.choose()
  vim.ui.select(M.names(), {
    prompt = "Followup",
    format_item = function(name)
      return ("%s: %s"):format(name, subcommands[name].about)
    end,
  }, function(name)
    if name then
      subcommands[name].run()
    end
  end)
end

--- The document that is meant: this one, or the one that the page in this window is about.
---@return integer
function M.document()
  local of_page = vim.b.followup_page
  return of_page and vim.api.nvim_buf_is_valid(of_page) and of_page or vim.api.nvim_get_current_buf()
end

--- Inserts all open checklists; one `u` takes them back.
function M.insert()
  local buffer = M.document()
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } },
    context = { diagnostics = {}, only = { "source.followup" } },
  }
  server.request(buffer, "textDocument/codeAction", params, function(actions, client)
    local action = actions and actions[1]
    if not action then
      return M.tell("no checklist is left to insert here")
    end
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    M.tell("the open checklists are inserted; `u` takes them back")
  end)
end

--- Shows the page of a question or a concept in a window of its own.
---@param id string? Without one: of the finding or the term under the cursor, else one that is picked from a list.
function M.explain(id)
  local buffer = M.document()
  local here, of_line = M.findings_at_cursor()
  id = id or here
  if id then
    server.execute(buffer, "followup.get.page", { id, vim.uri_from_bufnr(buffer) }, function(text)
      page.show("explain " .. id, text, buffer)
    end)
  elseif buffer ~= vim.api.nvim_get_current_buf() then
    M.pick(buffer)
  else
    server.term_at_cursor(buffer, function(term)
      if term or of_line then
        M.explain(term or of_line)
      else
        M.pick(buffer)
      end
    end)
  end
end

--- Offers all pages in a list, and shows the one that is picked.
---@param buffer integer
function M.pick(buffer)
  server.execute(buffer, "followup.get.pages", { vim.uri_from_bufnr(buffer) }, function(pages)
    vim.ui.select(pages, {
      prompt = "Explain",
      format_item = function(it)
        return ("%s: %s"):format(it.id, it.title)
      end,
    }, function(it)
      if it then
        M.explain(it.id)
      end
    end)
  end)
end

--- Shows the review of this document as it stands, saved or not.
function M.review()
  local buffer = M.document()
  server.execute(buffer, "followup.get.review", { vim.uri_from_bufnr(buffer) }, function(text)
    page.show("review " .. vim.fs.basename(vim.api.nvim_buf_get_name(buffer)), text, buffer)
  end)
end

--- Puts the findings of all open documents into the quickfix list, and opens it.
function M.findings()
  local findings = vim.tbl_filter(function(it)
    return it.source == "followup"
  end, vim.diagnostic.get())
  local items = vim.diagnostic.toqflist(findings)
  vim.fn.setqflist({}, " ", { title = "Followup", items = items })
  if #items == 0 then
    vim.cmd.cclose()
    return M.tell("nothing is open in the documents that are open here")
  end
  vim.cmd("botright copen")
end

--- Opens the log that Neovim keeps of all its language servers, at its end.
function M.log()
  local file = vim.lsp.log.get_filename()
  if vim.fn.filereadable(file) == 0 then
    return M.tell("nothing was logged so far")
  end
  vim.cmd.split(vim.fn.fnameescape(file))
  vim.bo.autoread = true
  vim.cmd("normal! G")
end

--- The question of our finding at the cursor, and that of the only one in its line.
---@return string?, string?
function M.findings_at_cursor()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local of_line = vim.tbl_filter(function(it)
    return it.source == "followup" and it.code ~= nil
  end, vim.diagnostic.get(0, { lnum = row - 1 }))
  for _, it in ipairs(of_line) do
    if it.col <= column and (it.end_lnum > it.lnum or column < it.end_col) then
      return tostring(it.code), nil
    end
  end
  return nil, #of_line == 1 and tostring(of_line[1].code) or nil
end

---@param message string
---@param level? integer One of vim.log.levels; information where it is left out.
function M.tell(message, level)
  vim.notify("Followup: " .. message, level or vim.log.levels.INFO)
end

return M

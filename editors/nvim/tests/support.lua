-- What the scenes share: they run in a Neovim that was started as a person starts it, say what they expect, and end it.

local M = { passed = 0, failed = 0 }

-- A menu in a Neovim without a person reads the end of the input, and that ends Neovim with exit code 0.
vim.ui.select = function(items, _, choose)
  choose(items[1], 1)
end

-- Nothing here takes so long unless it never comes.
local PATIENCE = 20000

---@param text string
local function say(text)
  io.stdout:write(text .. "\n")
end

---@param holds any
---@param what string
---@param seen any Printed where it does not hold.
function M.ok(holds, what, seen)
  if holds then
    M.passed = M.passed + 1
    say("  ok    " .. what)
  else
    M.failed = M.failed + 1
    say("  FAIL  " .. what .. (seen == nil and "" or ": " .. (type(seen) == "string" and seen or vim.inspect(seen))))
  end
end

---@param actual any
---@param expected any
---@param what string
function M.equal(actual, expected, what)
  M.ok(vim.deep_equal(actual, expected), what, { actual = actual, expected = expected })
end

--- Waits for something to come true, and says whether it did.
---@param come fun(): any
function M.wait(come)
  return (vim.wait(PATIENCE, come, 10))
end

--- Long enough for anything to come that ought not to.
function M.settle()
  vim.wait(500)
end

---@param path string
---@return integer buffer
function M.edit(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

---@return vim.lsp.Client
function M.attached(buffer)
  M.wait(function()
    local client = vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
    return client and client.initialized
  end)
  return vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
end

--- `line:column code` of each finding, from 1, in order.
---@return string[]
function M.findings(buffer)
  local found = vim.diagnostic.get(buffer)
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or (a.lnum == b.lnum and (a.col < b.col or (a.col == b.col and a.code < b.code)))
  end)
  return vim.tbl_map(function(it)
    return ("%d:%d %s"):format(it.lnum + 1, it.col + 1, it.code)
  end, found)
end

---@return string
function M.text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

--- Puts the cursor on the first place where `word` stands.
---@param word string
function M.go_to(word)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search("\\V" .. vim.fn.escape(word, "\\"), "cW") > 0, word .. " does not stand in the document")
end

--- What was said to the person since the last time.
---@return string
function M.messages()
  local said = vim.trim(vim.fn.execute("messages"))
  vim.cmd("messages clear")
  return said
end

--- What Neovim logged of its servers, beside the line that opens a log.
---@return string
function M.log()
  local file = io.open(vim.lsp.log.get_filename(), "r")
  local lines = file and vim.split(file:read("*a"), "\n", { trimempty = true }) or {}
  return table.concat(
    vim.tbl_filter(function(line)
      return not line:find("^%[START%]")
    end, lines),
    "\n"
  )
end

--- Runs the parts of a scene, checks that it was a quiet one, leaves the server in good order and ends Neovim.
---@param parts { [1]: string, [2]: fun() }[]
function M.scene(parts)
  vim.cmd("messages clear")
  for _, part in ipairs(parts) do
    say(part[1])
    local ran, problem = xpcall(part[2], debug.traceback)
    if not ran then
      M.ok(false, "it runs to its end", problem)
    end
  end
  say("in the end")
  M.equal(M.messages(), "", "nothing else was said")
  local clients = vim.lsp.get_clients()
  for _, client in ipairs(clients) do
    client:stop()
  end
  M.ok(
    M.wait(function()
      return #vim.lsp.get_clients() == 0
    end),
    "the server goes when it is asked to"
  )
  -- It counts as stopped before `exit` was sent.
  M.settle()
  M.equal(M.log(), "", "the log is empty")
  say(("%d passed, %d failed"):format(M.passed, M.failed))
  io.stdout:flush()
  os.exit(M.failed == 0 and M.passed > 0 and 0 or 1)
end

return M

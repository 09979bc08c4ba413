-- Shows a page of Markdown in a window of its own: `q` closes it, <CR> goes to the line that it links to.

local M = {}

--- The window that shows a page, so that the next one takes its place.
---@return integer?
local function window()
  for _, it in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.b[vim.api.nvim_win_get_buf(it)].followup_page then
      return it
    end
  end
end

---@param name string What the page is called, after `followup://`.
---@param text string
---@param document integer The buffer that it is about.
function M.show(name, text, document)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(vim.trim(text), "\n"))
  local shown = window()
  if shown then
    vim.api.nvim_set_current_win(shown)
  else
    vim.cmd("botright split")
  end
  vim.api.nvim_win_set_buf(0, buffer)
  -- The page that was shown before is wiped by now, and its name is free.
  vim.api.nvim_buf_set_name(buffer, "followup://" .. name)
  vim.b[buffer].followup_page = document
  vim.bo[buffer].bufhidden = "wipe"
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = "markdown"
  vim.wo[0][0].wrap = true
  vim.wo[0][0].linebreak = true
  vim.wo[0][0].conceallevel = 2
  vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = buffer, desc = "Close the page" })
  vim.keymap.set("n", "<CR>", M.follow, { buffer = buffer, desc = "Go to the line that is linked to" })
end

--- Goes to the line of a document that the line under the cursor links to: the link at or after the cursor, else the last one.
function M.follow()
  local column = vim.api.nvim_win_get_cursor(0)[2] + 1
  local line = vim.api.nvim_get_current_line()
  local uri, number
  for found, row, stop in line:gmatch("%((file:[^)#]+)#L(%d+)%)()") do
    uri, number = found, tonumber(row)
    if stop > column then
      break
    end
  end
  if not uri then
    return
  end
  local buffer = vim.uri_to_bufnr(uri)
  local shown = vim.fn.bufwinid(buffer)
  if shown ~= -1 then
    vim.api.nvim_set_current_win(shown)
  else
    vim.cmd("wincmd p")
    vim.cmd.buffer(buffer)
  end
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(0, { math.min(number, vim.api.nvim_buf_line_count(buffer)), 0 })
end

return M

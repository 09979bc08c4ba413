-- How long it takes from the start of Neovim to the first hover, in seconds; for people to read.

local buffer = vim.api.nvim_get_current_buf()
local function hover()
  local client = vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
  if not (client and client.initialized) then
    return false
  end
  local row = vim.fn.search("Redis", "cW")
  local answer = vim.lsp.buf_request_sync(
    buffer,
    "textDocument/hover",
    vim.lsp.util.make_position_params(0, client.offset_encoding),
    20000
  )
  local _, it = next(answer or {})
  return row > 0 and it ~= nil and it.result ~= nil
end
if not vim.wait(20000, hover, 1) then
  io.stderr:write("no hover came\n")
  os.exit(1)
end
local seconds, micros = vim.uv.gettimeofday()
io.stdout:write(("%.3f\n"):format(seconds + micros / 1e6 - tonumber(vim.env.STARTED)))
for _, client in ipairs(vim.lsp.get_clients()) do
  client:stop()
end
vim.wait(300)
os.exit(0)

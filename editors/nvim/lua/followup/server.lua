-- Finds the server that is attached, asks it, and restarts it.

local M = {}

local NOT_HERE = "no server reads this buffer; go to a Markdown file, or see :checkhealth followup"

---@param message string
---@param level integer
local function tell(message, level)
  vim.notify("Followup: " .. message, level)
end

--- Calls a method of a client; before 0.11 these were functions.
---@param client vim.lsp.Client
---@param method string
local function call(client, method, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- The server that reads this document.
---@param buffer integer
---@return vim.lsp.Client?
local function reader(buffer)
  return vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
end

--- Sends a request about a document and hands over its result; a refusal is told to the person.
---@param buffer integer
---@param method string
---@param params table
---@param done fun(result: any, client: vim.lsp.Client)
function M.request(buffer, method, params, done)
  local client = reader(buffer)
  if not client then
    return tell(NOT_HERE, vim.log.levels.WARN)
  end
  local function answered(problem, result)
    if problem then
      return tell(problem.message, vim.log.levels.WARN)
    end
    done(result, client)
  end
  call(client, "request", method, params, answered, buffer)
end

--- Has the server make a page.
---@param buffer integer
---@param command string
---@param arguments any[]
---@param done fun(result: any)
function M.execute(buffer, command, arguments, done)
  M.request(buffer, "workspace/executeCommand", { command = command, arguments = arguments }, done)
end

--- Finds the id of the concept that is mentioned under the cursor; nil where none is.
---@param buffer integer
---@param done fun(id: string?)
function M.term_at_cursor(buffer, done)
  local client = reader(buffer)
  local at = client and vim.lsp.util.make_position_params(0, client.offset_encoding).position or {}
  M.execute(buffer, "followup.get.term", { vim.uri_from_bufnr(buffer), at.line, at.character }, function(id)
    done(type(id) == "string" and id or nil)
  end)
end

--- All pages that hold for a document, at once: completion cannot wait for long. Nothing where no server reads it.
---@param buffer integer
---@return { id: string, title: string }[]?
function M.pages_now(buffer)
  local client = reader(buffer)
  if not client then
    return nil
  end
  local params = { command = "followup.get.pages", arguments = { vim.uri_from_bufnr(buffer) } }
  local patience = 2000
  local answer = call(client, "request_sync", "workspace/executeCommand", params, patience, buffer)
  return answer and answer.result
end

--- Stops every server of ours and starts it again for the buffers that it served.
function M.restart()
  local clients = vim.lsp.get_clients({ name = "followup" })
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_keys(client.attached_buffers)
    local config = client.config
    call(client, "stop")
    for _, buffer in ipairs(buffers) do
      vim.lsp.start(config, { bufnr = buffer })
    end
  end
  if #clients > 0 then
    tell("the server is restarted", vim.log.levels.INFO)
  elseif vim.lsp.enable then
    -- It may have died: this starts it for every open document that it is for.
    vim.lsp.enable("followup")
  else
    tell(NOT_HERE, vim.log.levels.WARN)
  end
end

return M

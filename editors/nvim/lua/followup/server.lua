-- Finds the server that is attached, asks it, and restarts it.

local M = {}

local HOW = "see :checkhealth followup"

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

--- The server of a buffer; where it has none, any that runs, since pages are the same for all of a workspace.
---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  local attached = vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
  return attached or vim.lsp.get_clients({ name = "followup" })[1]
end

--- Sends a request and hands over its result; a refusal is told to the person.
---@param buffer integer
---@param method string
---@param params table
---@param done fun(result: any, client: vim.lsp.Client)
function M.request(buffer, method, params, done)
  local client = M.client(buffer)
  if not client then
    return tell("no server runs here; open a Markdown file, or " .. HOW, vim.log.levels.WARN)
  end
  local function answered(problem, result)
    if problem then
      return tell(problem.message, vim.log.levels.WARN)
    end
    done(result, client)
  end
  call(client, "request", method, params, answered, buffer)
end

--- Has the server make a page; null means that it does not know the document.
---@param buffer integer
---@param command string
---@param arguments any[]
---@param done fun(result: any)
function M.execute(buffer, command, arguments, done)
  M.request(buffer, "workspace/executeCommand", { command = command, arguments = arguments }, function(result)
    if result == nil or result == vim.NIL then
      return tell("the server does not know this document; is it Markdown? " .. HOW, vim.log.levels.WARN)
    end
    done(result)
  end)
end

--- All pages, at once: completion cannot wait for long. Nothing where no server runs.
---@return { id: string, title: string }[]?
function M.pages_now()
  local buffer = vim.api.nvim_get_current_buf()
  local client = M.client(buffer)
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
    tell("no server runs here; open a Markdown file, or " .. HOW, vim.log.levels.WARN)
  end
end

return M

-- The parser that highlights numbers and notations: where it is, and how it is built from the grammar beside this plugin.

local M = {}

M.LANGUAGE = "designdoc"

--- The grammar's generated source, or nil where the plugin was taken out of the repository.
---@return string?
function M.source()
  local here = vim.uv.fs_realpath(debug.getinfo(1, "S").source:sub(2))
  local repository = here and vim.fs.normalize(vim.fs.joinpath(vim.fs.dirname(here), "../../../.."))
  local source = repository and vim.fs.joinpath(vim.uv.fs_realpath(repository) or repository, "grammar/src/parser.c")
  return source and vim.uv.fs_stat(source) and source or nil
end

--- Every compiled parser on the runtime path; the first one counts.
---@return string[]
function M.installed()
  return vim.api.nvim_get_runtime_file("parser/" .. M.LANGUAGE .. ".so", true)
end

--- The C compiler to use: $CC, else the first that is there.
---@return string?
function M.compiler()
  for _, name in ipairs({ vim.env.CC or "cc", "cc", "gcc", "clang" }) do
    if vim.fn.executable(name) == 1 then
      return name
    end
  end
end

--- Compiles the parser into the person's own site folder, where Neovim finds it.
function M.build()
  local tell = require("followup").tell
  local source, compiler = M.source(), M.compiler()
  if not source then
    return tell("the grammar is not beside this plugin; install the whole repository", vim.log.levels.WARN)
  elseif not compiler then
    return tell("no C compiler was found; install one, or name it in $CC", vim.log.levels.WARN)
  end
  local folder = vim.fs.joinpath(vim.fn.stdpath("data") --[[@as string]], "site", "parser")
  vim.fn.mkdir(folder, "p")
  local target = vim.fs.joinpath(folder, M.LANGUAGE .. ".so")
  local fresh = target .. ".new"
  local command = { compiler, "-O2", "-shared", "-fPIC", "-std=c11", "-I", vim.fs.dirname(source), source, "-o", fresh }
  vim.system(
    command,
    { text = true },
    vim.schedule_wrap(function(result)
      -- The old parser may be in use: it is replaced by name, never written over.
      local renamed, problem = result.code == 0 and vim.uv.fs_rename(fresh, target)
      if not renamed then
        return tell("the parser could not be built: " .. (problem or result.stderr), vim.log.levels.WARN)
      end
      -- Neovim looks for the parser of an injection once.
      tell("the parser is built; start Neovim again, and numbers are highlighted")
    end)
  )
end

return M

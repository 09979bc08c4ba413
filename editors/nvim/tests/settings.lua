-- Settings: those that init.lua says as the help shows it, and those of a followup.toml as soon as it is saved.

local t = dofile(vim.env.TESTS .. "/support.lua")

local help = table.concat(vim.fn.readfile(vim.env.REPOSITORY .. "/editors/nvim/doc/followup.txt"), "\n")
local snippet = help:match("%*followup%-settings%*.->lua\n(.-)\n<")
assert(loadstring(snippet))()

vim.fn.writefile(
  { "<!-- followup: design -->", "# Shop", "", "Prices are read through Redis in front of Postgres." },
  vim.env.WORKSPACE .. "/shop.md"
)

local buffer

--- Waits until a question is asked of the shop, or until it is not.
local function asked(code, expected)
  return t.wait(function()
    local found = vim.iter(vim.diagnostic.get(buffer)):any(function(it)
      return it.code == code
    end)
    return found == expected
  end)
end

t.scene({
  {
    "settings in init.lua",
    function()
      buffer = t.edit(vim.env.WORKSPACE .. "/shop.md")
      t.attached(buffer)
      t.ok(asked("cache/invalidation", true), "what they do not name is asked", t.findings(buffer))
      t.ok(asked("cache/stampede", false), "what they turn off is not", t.findings(buffer))
    end,
  },
  {
    "a followup.toml",
    function()
      t.attached(t.edit(vim.env.WORKSPACE .. "/followup.toml"))
      vim.api.nvim_buf_set_lines(0, 0, -1, false, { "[severity]", '"cache/invalidation" = "off"' })
      vim.cmd("silent write")
      t.ok(asked("cache/invalidation", false), "counts once it is saved", t.findings(buffer))
      vim.api.nvim_buf_set_lines(0, 1, 2, false, { '"cache/invalidaton" = "off"' })
      vim.cmd("silent write")
      t.ok(asked("cache/invalidation", true), "and again", t.findings(buffer))
      t.ok(
        t.wait(function()
          return #vim.diagnostic.get(0) == 1
        end),
        "a mistake in it is told"
      )
      local told = (vim.diagnostic.get(0)[1] or {}).message or ""
      t.ok(told:find("cache/invalidation", 1, true), "with what may have been meant", told)
      vim.cmd("bwipeout")
    end,
  },
  {
    "completion",
    function()
      vim.api.nvim_win_set_buf(0, buffer)
      vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "", "" })
      vim.api.nvim_win_set_cursor(0, { 6, 0 })
      local params = vim.lsp.util.make_position_params(0, "utf-8")
      local answer = vim.lsp.buf_request_sync(buffer, "textDocument/completion", params, 20000)
      local _, it = next(answer or {})
      local labels = vim.tbl_map(function(item)
        return item.label
      end, it and it.result or {})
      t.ok(vim.tbl_contains(labels, "invalidation checklist"), "offers the checklists that are open", labels)
      vim.bo[buffer].modified = false
    end,
  },
})

-- Documents that are no designs are opened, and nothing of ours is to be seen.

local t = dofile(vim.env.TESTS .. "/support.lua")

local repository = vim.env.REPOSITORY

--- Everything that plugins have drawn into a buffer.
local function drawn(buffer)
  return vim.api.nvim_buf_get_extmarks(buffer, -1, 0, -1, { details = true, type = "sign" }),
    vim.api.nvim_buf_get_extmarks(buffer, -1, 0, -1, { details = true, type = "virt_text" })
end

local function quiet(buffer, what)
  -- The server answers in order: whatever it has to say of the document is under way by then.
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buffer })) do
    local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
    t.ok(client:request_sync("textDocument/documentSymbol", params, 20000, buffer), what .. " was read")
  end
  t.settle()
  local signs, virtual = drawn(buffer)
  t.equal({ t.findings(buffer), signs, virtual }, { {}, {}, {} }, what .. " shows nothing of ours")
end

t.scene({
  {
    "a README and a change log",
    function()
      for _, name in ipairs({ "README.md", "CHANGELOG.md" }) do
        local buffer = t.edit(repository .. "/" .. name)
        t.ok(t.attached(buffer), name .. " is served")
        quiet(buffer, name)
        vim.cmd("Followup findings")
        t.equal(t.messages(), "Followup: nothing is open in the documents that are open here", "and has no findings")
      end
    end,
  },
  {
    "empty buffers",
    function()
      vim.cmd("enew")
      quiet(0, "one without a name")
      local buffer = t.edit(vim.env.WORKSPACE .. "/empty.md")
      t.ok(t.attached(buffer), "empty.md is served")
      quiet(buffer, "empty.md")
    end,
  },
  {
    "settings files",
    function()
      vim.fn.writefile({ "[package]" }, vim.env.WORKSPACE .. "/Cargo.toml")
      local cargo = t.edit(vim.env.WORKSPACE .. "/Cargo.toml")
      t.settle()
      t.equal(#vim.lsp.get_clients({ bufnr = cargo }), 0, "those of others are none of ours")
      vim.fn.writefile({ "[severity]", '"cache/stampede" = "off"' }, vim.env.WORKSPACE .. "/followup.toml")
      local ours = t.edit(vim.env.WORKSPACE .. "/followup.toml")
      t.ok(t.attached(ours), "followup.toml is served")
      quiet(ours, "followup.toml")
      t.go_to("stampede")
      local answer =
        vim.lsp.buf_request_sync(ours, "textDocument/hover", vim.lsp.util.make_position_params(0, "utf-8"), 20000)
      local _, hover = next(answer or {})
      t.ok(
        hover and hover.result.contents.value:find("`cache/stampede`", 1, true),
        "an id has its page as a hover",
        hover
      )
    end,
  },
  {
    "a design beside them",
    function()
      local buffer = t.edit(repository .. "/tests/designs/news-feed.md")
      t.ok(
        t.wait(function()
          local signs, virtual = drawn(buffer)
          return #t.findings(buffer) > 0 and #signs > 0 and #virtual > 0
        end),
        "is not silent at all",
        t.findings(buffer)
      )
    end,
  },
  {
    "a buffer that is no file",
    function()
      local scratch = vim.api.nvim_create_buf(false, true)
      vim.api.nvim_win_set_buf(0, scratch)
      vim.bo[scratch].filetype = "markdown"
      t.settle()
      t.equal(#vim.lsp.get_clients({ bufnr = scratch }), 0, "is left alone")
    end,
  },
})

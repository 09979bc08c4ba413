-- With the parser built, numbers are highlighted through Markdown's injections.

local t = dofile(vim.env.TESTS .. "/support.lua")

local path = vim.env.WORKSPACE .. "/numbers.md"
vim.fn.writefile({
  "# Numbers",
  "",
  "We have 3,000 daily users. 🎉 Then *10k reads/s* come.",
  "",
  "| what | how much |",
  "| --- | --- |",
  "| size | 500 GB |",
  "",
  "```sh",
  "sleep 3000",
  "```",
}, path)

local buffer

--- The captures of our grammar at the first place where `word` stands.
local function captures(word)
  t.go_to(word)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  vim.treesitter.get_parser(buffer):parse(true)
  local all = vim.treesitter.get_captures_at_pos(buffer, row - 1, column)
  return vim
    .iter(all)
    :filter(function(it)
      return it.lang == "designdoc"
    end)
    :map(function(it)
      return it.capture
    end)
    :totable()
end

t.scene({
  {
    "with the parser",
    function()
      buffer = t.edit(path)
      t.attached(buffer)
      t.equal(#vim.api.nvim_get_runtime_file("parser/designdoc.so", true), 1, "it is the one that was built")
      for _, word in ipairs({ "3,000", "10k", "500" }) do
        local seen = captures(word)
        t.ok(vim.tbl_contains(seen, "number"), ("%s is a number"):format(word), seen)
      end
      for _, word in ipairs({ "We have", "Then", "Numbers", "size", "3000" }) do
        t.equal(captures(word), {}, ("`%s` is left alone"):format(word))
      end
      t.go_to("3,000")
      local row, column = unpack(vim.api.nvim_win_get_cursor(0))
      local groups = vim.tbl_map(function(it)
        return it.hl_group
      end, vim.inspect_pos(buffer, row - 1, column).treesitter)
      t.ok(vim.tbl_contains(groups, "@number.designdoc"), ":Inspect tells of it", groups)
      vim.cmd("silent checkhealth followup")
      local text = t.text(0)
      vim.cmd("bwipeout")
      t.ok(text:find("OK parser: ", 1, true) and text:find("OK tree-sitter highlights Markdown", 1, true), "so does checkhealth", text)
    end,
  },
  {
    "the queries",
    function()
      local ours = vim.env.REPOSITORY .. "/grammar/queries/highlights.scm"
      local found = vim.api.nvim_get_runtime_file("queries/designdoc/highlights.scm", true)
      t.equal(vim.tbl_map(vim.uv.fs_realpath, found), { vim.uv.fs_realpath(ours) }, "are the grammar's own")
    end,
  },
})

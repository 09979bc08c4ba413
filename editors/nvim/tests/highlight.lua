-- With the parser built, numbers are highlighted through Markdown's injections.

local t = dofile(vim.env.TESTS .. "/support.lua")

local path = vim.env.WORKSPACE .. "/numbers.md"
vim.fn.writefile({
  "# Numbers of 2024",
  "",
  "We have 3,000 daily users. 🎉 Then *10k reads/s* come, `50 MB/s` each, [9 TB](https://example.com/x=20%20) in all.",
  "Version v1.2.3 came in 2023, with hash(user_id) % N, and p99 < 200 ms.",
  "",
  "| what | how much |",
  "| --- | --- |",
  "| size | 500 GB |",
  "",
  "```sh",
  "sleep 77 GB",
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
      for word, what in pairs({
        ["3,000"] = "prose",
        ["10k"] = "emphasis",
        ["50"] = "code",
        ["9 TB"] = "a link",
        ["500"] = "a cell",
        ["200"] = "a comparison",
      }) do
        t.equal(captures(word), { "number" }, ("%s is a number, in %s"):format(word, what))
      end
      t.equal(captures("user_id"), { "variable.parameter" }, "a key of a placement is one")
      t.equal(captures("% N"), { "operator" }, "and its operator")
      for _, word in ipairs({ "We have", "Then", "2024", "size", "1.2.3", "2023", "20%20", "77 GB" }) do
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
      t.ok(
        text:find("OK parser: ", 1, true) and text:find("OK tree-sitter highlights Markdown", 1, true),
        "so does checkhealth",
        text
      )
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
  {
    "the queries that editors/README.md makes for Helix",
    function()
      local page = table.concat(vim.fn.readfile(vim.env.REPOSITORY .. "/editors/README.md"), "\n")
      local commands = page:match("\n## Helix\n.-```sh\n(.-)```")
      local theirs = vim.fn.tempname() .. "/queries/markdown.inline"
      vim.fn.mkdir(theirs, "p")
      vim.fn.writefile({ "((latex_block) @injection.content)" }, theirs .. "/injections.scm")
      local runtime = vim.fs.dirname(vim.fs.dirname(theirs))
      local made = vim.system({ "sh", "-euc", commands }, { text = true, env = { HELIX_RUNTIME = runtime } }):wait()
      t.equal({ made.code, made.stderr }, { 0, "" }, "are made by the lines that are shown")
      local function query(path, language)
        local text = table.concat(vim.fn.readfile(vim.env.HOME .. "/.config/helix/runtime/queries/" .. path), "\n")
        return vim.treesitter.query.parse(language, text), text
      end
      local highlights = query("designdoc/highlights.scm", "designdoc").captures
      t.ok(
        vim.tbl_contains(highlights, "constant.numeric"),
        "numbers have the name that Helix' themes know",
        highlights
      )
      t.ok(not vim.tbl_contains(highlights, "number"), "and no other", highlights)
      local _, injections = query("markdown.inline/injections.scm", "markdown_inline")
      t.ok(injections:find("latex_block") and injections:find('"designdoc"'), "what Helix injects is kept", injections)
    end,
  },
})

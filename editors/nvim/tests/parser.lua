-- Without the parser Markdown is as ever; `:Followup build-parser` builds it.

local t = dofile(vim.env.TESTS .. "/support.lua")

local function build()
  vim.cmd("Followup build-parser")
  local said
  t.wait(function()
    said = t.messages()
    return said ~= ""
  end)
  return said
end

t.scene({
  {
    "without the parser",
    function()
      local path = vim.env.WORKSPACE .. "/numbers.md"
      vim.fn.writefile({ "We have 3,000 daily users." }, path)
      local buffer = t.edit(path)
      t.attached(buffer)
      t.ok(vim.treesitter.highlighter.active[buffer], "tree-sitter highlights Markdown, by a line of the README")
      vim.treesitter.get_parser(buffer):parse(true)
      local languages = {}
      vim.treesitter.get_parser(buffer):for_each_tree(function(_, tree)
        languages[tree:lang()] = true
      end)
      t.equal(languages, { markdown = true, markdown_inline = true }, "and nothing else is tried")
    end,
  },
  {
    ":Followup build-parser",
    function()
      t.equal(build(), "Followup: the parser is built; start Neovim again, and numbers are highlighted", "builds it")
      t.equal(
        build(),
        "Followup: the parser is built; start Neovim again, and numbers are highlighted",
        "and builds it anew"
      )
      local files = vim.fn.readdir(vim.fn.stdpath("data") .. "/site/parser")
      t.equal(files, { "designdoc.so" }, "into the person's own folder")
      vim.env.CC = "false"
      t.ok(build():find("^Followup: the parser could not be built"), "a failure is told")
      vim.env.CC = "no-such-compiler"
      t.equal(
        require("followup.parser").compiler(),
        vim.fn.executable("cc") == 1 and "cc" or "gcc",
        "a compiler is found without $CC"
      )
      vim.env.CC = nil
    end,
  },
})

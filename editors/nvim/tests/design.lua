-- A design is opened, read, mended: findings, hover, fixes, and each command.

local t = dofile(vim.env.TESTS .. "/support.lua")

local path = vim.env.WORKSPACE .. "/shop.md"
vim.fn.writefile(
  vim.split(
    [[
# Shop

A shop for tea. 🎉

## Requirements

- 3,000 daily users, 10k reads/s at the peak

## Architecture

🎉 Prices and product pages are read through Redis in front of Postgres.
Orders are written to Postgres.

## Failure handling

| What fails | What happens |
| --- | --- |
| Redis | readers go to Postgres, which holds the load |
| Postgres | a standby takes over within a minute |
]],
    "\n"
  ),
  path
)

local buffer, client

local function has(code)
  return vim.iter(t.findings(buffer)):any(function(it)
    return vim.endswith(it, " " .. code)
  end)
end

--- The text of the window that floats, once there is one.
local function floating()
  local text
  t.wait(function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        text = t.text(vim.api.nvim_win_get_buf(window))
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end)
  return text or "no window floats"
end

local function run(command)
  vim.cmd("Followup " .. command)
end

t.scene({
  {
    "the five lines of the README start the server",
    function()
      buffer = t.edit(path)
      client = t.attached(buffer)
      t.ok(client, "it is attached")
      t.equal(client.root_dir, vim.env.WORKSPACE, "the workspace is its root")
      t.equal(vim.lsp.config.followup.cmd, { "followup", "server" }, "it is started by its name")
    end,
  },
  {
    "what is open is underlined",
    function()
      t.ok(
        t.wait(function()
          return has("cache/invalidation")
        end),
        "the cache is asked how it learns of changes",
        t.findings(buffer)
      )
      local finding = vim.iter(vim.diagnostic.get(buffer)):find(function(it)
        return it.code == "cache/invalidation"
      end)
      t.equal(finding.source, "followup", "it says who asks")
      t.equal(finding.severity, vim.diagnostic.severity.WARN, "it is a warning")
      local marked = vim.api.nvim_buf_get_text(buffer, finding.lnum, finding.col, finding.end_lnum, finding.end_col, {})
      t.equal(marked, { "Redis" }, "it stands at the cache, behind wide letters")
      t.ok(finding.message:find("^How does this cache learn that its source changed%?"), "it asks", finding.message)
    end,
  },
  {
    "a hover shows the note",
    function()
      t.go_to("Redis")
      vim.lsp.buf.hover()
      local note = floating()
      t.ok(note:find("Follow%-ups in this design"), "with the follow-ups", note)
      t.ok(
        note:find("✗ How does this cache learn that its source changed?", 1, true),
        "each with how it stands",
        note
      )
    end,
  },
  {
    "a quick fix inserts the checklist, and answering it clears the finding",
    function()
      t.go_to("Redis")
      vim.lsp.buf.code_action({
        apply = true,
        filter = function(action)
          return action.title == "Insert the invalidation checklist"
        end,
      })
      t.ok(
        t.wait(function()
          return t.text(buffer):find("- [ ] ", 1, true)
        end),
        "the document has it",
        t.text(buffer)
      )
      t.ok(
        t.wait(function()
          local weight = vim.iter(vim.diagnostic.get(buffer)):find(function(it)
            return it.code == "cache/invalidation"
          end)
          return weight and weight.severity == vim.diagnostic.severity.INFO
        end),
        "what is started weighs less",
        t.findings(buffer)
      )
      vim.cmd("silent undo")
      t.ok(not t.text(buffer):find("- [ ] ", 1, true), "one undo takes it back")
      vim.cmd("silent %s/front of Postgres\\./front of Postgres; saving a price deletes its key./")
      t.ok(
        t.wait(function()
          return not has("cache/invalidation")
        end),
        "a sentence that answers clears it",
        t.findings(buffer)
      )
      vim.cmd("silent undo")
      t.ok(
        t.wait(function()
          return has("cache/invalidation")
        end),
        "without it, it is back"
      )
    end,
  },
  {
    ":Followup explain shows a page",
    function()
      run("explain cache/stampede")
      t.ok(
        t.wait(function()
          return vim.b.followup_page
        end),
        "in a window of its own"
      )
      t.ok(t.text(0):find("`cache/stampede`", 1, true), "the page of the question", t.text(0))
      t.equal({ vim.bo.filetype, vim.bo.modifiable, vim.bo.buftype }, { "markdown", false, "nofile" }, "to be read")
      run("explain cache")
      t.ok(
        t.wait(function()
          return t.text(0):find("What an interviewer asks next", 1, true)
        end),
        "the page of a concept takes its place",
        t.text(0)
      )
      t.equal(#vim.api.nvim_tabpage_list_wins(0), 2, "there is one such window")
      vim.cmd("normal q")
      t.equal(vim.api.nvim_get_current_buf(), buffer, "q closes it")

      t.go_to("Redis")
      vim.cmd("normal! l")
      local code = vim.iter(vim.diagnostic.get(buffer)):find(function(it)
        return it.lnum == vim.fn.line(".") - 1
      end).code
      run("explain")
      t.wait(function()
        return vim.b.followup_page
      end)
      t.ok(t.text(0):find(("`%s`"):format(code), 1, true), "without a name: of the finding under the cursor", t.text(0))
      vim.cmd("normal q")

      t.go_to("Redis |")
      run("explain")
      t.wait(function()
        return vim.b.followup_page
      end)
      t.ok(vim.api.nvim_buf_get_name(0):find("^followup://explain cache$"), "or of the term under it")
      vim.cmd("normal q")

      t.go_to("A shop for tea")
      run("explain")
      t.wait(function()
        return vim.b.followup_page
      end)
      t.ok(vim.api.nvim_buf_get_name(0):find("^followup://explain "), "elsewhere: of what is picked from the list")
      vim.cmd("normal q")

      t.messages()
      run("explain cache/invalidaton")
      local said
      t.wait(function()
        said = t.messages()
        return said ~= ""
      end)
      t.ok(said:find("did you mean `cache/invalidation`?", 1, true), "what is not known is told", said)
    end,
  },
  {
    ":Followup completes",
    function()
      t.equal(
        vim.fn.getcompletion("Followup ", "cmdline"),
        { "build-parser", "explain", "findings", "insert", "log", "restart", "review" },
        "its subcommands"
      )
      t.equal(vim.fn.getcompletion("Followup re", "cmdline"), { "restart", "review" }, "what was begun")
      local ids = vim.fn.getcompletion("Followup explain cache/", "cmdline")
      t.ok(
        vim.tbl_contains(ids, "cache/invalidation") and not vim.tbl_contains(ids, "cap/choice"),
        "ids of questions",
        ids
      )
      t.equal(vim.fn.getcompletion("Followup insert x", "cmdline"), {}, "nothing where nothing may stand")
    end,
  },
  {
    ":Followup review shows how each question stands",
    function()
      run("review")
      t.wait(function()
        return vim.b.followup_page
      end)
      local review = t.text(0)
      t.ok(review:find("^# Review of shop.md"), "of this document", review)
      t.ok(review:find("✗ How does this cache learn that its source changed?", 1, true), "what is open", review)
      t.ok(
        vim.tbl_contains(vim.fn.getcompletion("Followup explain cap/", "cmdline"), "cap/choice"),
        "commands work from there, too"
      )
      t.go_to("`cache/invalidation`")
      vim.cmd('execute "normal \\<CR>"')
      t.equal(vim.api.nvim_get_current_buf(), buffer, "<CR> goes to the document")
      t.ok(vim.api.nvim_get_current_line():find("Redis", 1, true), "to the line", vim.api.nvim_get_current_line())
      vim.cmd("only")
    end,
  },
  {
    ":Followup findings fills the quickfix list",
    function()
      run("findings")
      local list = vim.fn.getqflist({ title = 1, items = 1 })
      t.equal(list.title, "Followup", "under its name")
      t.equal(#list.items, #vim.diagnostic.get(buffer), "with every finding")
      t.ok(#list.items > 1, "there are several")
      t.equal(vim.bo.buftype, "quickfix", "and opens it")
      vim.cmd("cfirst")
      t.equal(vim.api.nvim_get_current_buf(), buffer, "it leads to the document")
      vim.cmd("cclose")
      -- Going to an entry shows it in the command line.
      t.messages()
    end,
  },
  {
    ":Followup restart starts it anew",
    function()
      run("restart")
      t.ok(
        t.wait(function()
          local fresh = vim.lsp.get_clients({ name = "followup", bufnr = buffer })[1]
          return fresh and fresh.initialized and fresh.id ~= client.id
        end),
        "another server serves the document"
      )
      t.ok(
        t.wait(function()
          return client:is_stopped() and #vim.lsp.get_clients({ name = "followup" }) == 1 and has("cache/invalidation")
        end),
        "and it alone finds the same",
        t.findings(buffer)
      )
      t.equal(t.messages(), "Followup: the server is restarted", "it says so")
    end,
  },
  {
    ":Followup log opens the log",
    function()
      -- A quiet session has none so far.
      local file = vim.lsp.log.get_filename()
      if vim.fn.filereadable(file) == 0 then
        vim.fn.mkdir(vim.fs.dirname(file), "p")
        vim.fn.writefile({ "[START][today] LSP logging initiated" }, file)
      end
      run("log")
      t.equal(vim.api.nvim_buf_get_name(0), file, "of the language servers")
      vim.cmd("close")
      t.messages()
    end,
  },
  {
    ":Followup insert inserts all open checklists",
    function()
      run("insert")
      t.ok(
        t.wait(function()
          return t.text(buffer):find("- [ ] ", 1, true)
        end),
        "the document has them",
        t.text(buffer)
      )
      t.ok(
        t.wait(function()
          return #vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.WARN }) == 0
            and #vim.diagnostic.get(buffer) > 0
        end),
        "no warning is left",
        t.findings(buffer)
      )
      t.equal(
        t.messages(),
        "Followup: the open checklists are inserted; `u` takes them back",
        "it says how to undo that"
      )
      run("insert")
      local said
      t.wait(function()
        said = t.messages()
        return said ~= ""
      end)
      t.equal(said, "Followup: no checklist is left to insert here", "a second time it has nothing to do")
    end,
  },
  {
    "what cannot be done is told",
    function()
      vim.cmd("new")
      for _, command in ipairs({ "insert", "review", "explain cache" }) do
        run(command)
        local said = t.messages()
        t.ok(
          said:find("^Followup: no server reads this buffer"),
          (":Followup %s without a document"):format(command),
          said
        )
      end
      vim.cmd("close")
      run("brew")
      t.ok(
        t.messages():find("there is no `:Followup brew`; there are build-parser, explain", 1, true),
        "an unknown subcommand"
      )
      run("review now")
      t.ok(t.messages():find("takes no more than that", 1, true), "too many words")
    end,
  },
})

-- `:checkhealth followup` and `:help followup`, where all is well and where something is missing.

local t = dofile(vim.env.TESTS .. "/support.lua")

local function report()
  vim.cmd("silent checkhealth followup")
  local text = t.text(0)
  vim.cmd("bwipeout")
  return text
end

t.scene({
  {
    "before a document is open",
    function()
      local text = report()
      t.ok(text:find("OK[^\n]*/followup: followup %d"), "the program is found, with its version", text)
      t.ok(text:find("OK the server is enabled", 1, true), "the server is enabled", text)
      t.ok(text:find("no client is attached: no Markdown file is open", 1, true), "nothing is open yet", text)
      t.ok(text:find("the parser is not built", 1, true), "the parser is not there yet", text)
      t.ok(not text:find("ERROR") and not text:find("WARNING"), "none of this is wrong", text)
    end,
  },
  {
    "with a document open",
    function()
      local buffer = t.edit(vim.env.WORKSPACE .. "/empty.md")
      t.attached(buffer)
      local text = report()
      t.ok(text:find("OK server [%d.]+ attached to [^\n]*empty%.md"), "the client is named with its document", text)
      t.ok(not text:find("ERROR") and not text:find("WARNING"), "all is well", text)
    end,
  },
  {
    "with the program missing",
    function()
      vim.lsp.config("followup", { cmd = { "followup-that-is-not-there", "server" } })
      vim.lsp.enable("followup", false)
      t.wait(function()
        return #vim.lsp.get_clients({ name = "followup" }) == 0
      end)
      vim.lsp.enable("followup")
      t.messages()
      t.edit(vim.env.WORKSPACE .. "/other.md")
      t.edit(vim.env.WORKSPACE .. "/empty.md")
      local _, said = t.messages():gsub("is not on the PATH", "")
      t.equal(said, 1, "it is said once, when a document is opened")
      -- Neovim writes it down, too.
      t.ok(t.log():find("followup-that-is-not-there", 1, true), "Neovim alone says it in a log")
      io.open(vim.lsp.log.get_filename(), "w"):close()
      local text = report()
      t.ok(text:find("ERROR[^\n]*`followup%-that%-is%-not%-there` is not on the PATH"), "it says which", text)
      t.ok(text:find("cargo install --locked --path server", 1, true), "and what to do", text)
      t.ok(text:find("no client is attached: the program is not on the PATH", 1, true), "that is the reason", text)
    end,
  },
  {
    "with another program of that name",
    function()
      vim.lsp.config("followup", { cmd = { "false", "server" } })
      t.ok(report():find("ERROR[^\n]*does not answer as Followup does"), "it is told")
    end,
  },
  {
    "with the server not enabled",
    function()
      vim.lsp.enable("followup", false)
      t.ok(report():find("WARNING[^\n]*the server is not enabled"), "it is told")
    end,
  },
  {
    "the help file",
    function()
      vim.cmd("help followup")
      t.ok(vim.api.nvim_buf_get_name(0):find("editors/nvim/doc/followup.txt", 1, true), "opens")
      local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(0))
      local text = t.text(0)
      for _, name in ipairs(require("followup").names()) do
        t.ok(text:find(":Followup " .. name, 1, true), "tells of :Followup " .. name)
      end
      vim.cmd("close")
      local copy = vim.fn.tempname()
      vim.fn.mkdir(copy)
      vim.uv.fs_copyfile(folder .. "/followup.txt", copy .. "/followup.txt")
      vim.cmd.helptags(copy)
      local fresh, kept = vim.fn.readfile(copy .. "/tags"), vim.fn.readfile(folder .. "/tags")
      t.equal(kept, fresh, "its tags are those of `:helptags editors/nvim/doc`")
    end,
  },
})

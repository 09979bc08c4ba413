// Followup in a real VS Code, as a person uses it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, HERE, ROOT, TARGET } from "../build.mjs";
import { assertQuiet, assertValid, processesOf } from "./afterwards.mjs";
import { startBrowser, until, Vscode, writeRecorder } from "./vscode.mjs";
import { Window } from "./window.mjs";

const SHOP = readFileSync(join(HERE, "test/shop.md"), "utf8");
const PROGRAM = join(TARGET, "debug/followup");

const home = mkdtempSync(join(tmpdir(), "followup-vscode-"));
const messages = join(home, "messages");
let vsix, browser, vscode;

/** What a person has set who does not want to be asked, and the server as a setting names it. */
const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "editor.hover.delay": 100,
  "followup.server.path": join(home, "recorder"),
};

before(async () => {
  vsix = await build({ debug: true });
  browser = await startBrowser();
  writeRecorder(SETTINGS["followup.server.path"], PROGRAM, messages);
  vscode = await Vscode.start({ home: join(home, "set-up"), vsix, settings: SETTINGS });
});

after(async () => {
  await browser?.close();
  await vscode?.stop();
  if (!process.env.KEEP) rmSync(home, { recursive: true, force: true });
});

/** A window on a new folder with these files, the first of which is open; closed when the test ends, with a picture where it failed. */
async function open(t, files, { code = vscode, file = Object.keys(files)[0] } = {}) {
  const folder = mkdtempSync(join(home, "folder-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const page = await code.open(browser, folder, file);
  const window = new Window(page);
  window.saved = (name = file) => readFileSync(join(folder, name), "utf8");
  window.close = () => page.context().close();
  t.after(async () => {
    if (!t.passed) await page.screenshot({ path: join(TARGET, "editors/vscode", `failed-${t.name.replace(/\W+/g, "-")}.png`) }).catch(() => {});
    await window.close();
  });
  return window;
}

function scenario(name, run) {
  test(name, async (t) => {
    await run(t);
    t.passed = true;
  });
}

scenario("an open question is underlined, listed, explained and mended", async (t) => {
  const window = await open(t, { "shop.md": SHOP });
  await window.squiggles.first().waitFor();

  await window.press("Control+Shift+M");
  const idempotency = window.problems.filter({ hasText: "Delivered twice: what is different the second time?" });
  await idempotency.waitFor();
  assert.match(await idempotency.getAttribute("aria-label"), /^Warning: .* at line 16 and character 25\..* followup/s);
  assert.equal(await window.problems.count(), 1 + 5, "the file, and what is open in it");
  await window.press("Control+Shift+M");

  const hover = await window.hoverOver("Redis", "Follow-ups in this design");
  assert.match(hover, /Cache: a second copy, nearer to the reader/);
  assert.match(hover, /✗ How does this cache learn that its source changed\?/);
  assert.match(hover, /✓ What does the store see when a hot entry expires or the cache is lost\? \(line 21\)/);
  assert.equal(await window.status(), "5 open follow-ups");

  await window.fix("Kafka, and", "Insert the repeated-delivery checklist");
  await window.line("- [ ]").waitFor();
  await window.fix("Kafka, and", "Mark poison messages as out of scope");
  await window.line("## Out of scope").waitFor();
  await window.press("Control+S");
  await until("the file is saved", () => window.saved() !== SHOP);
  const saved = window.saved();
  const isOurs = (line) => /^\s*- \[ \] |^## Out of scope$|^- Poison/.test(line);
  assert.equal(saved, "");
});

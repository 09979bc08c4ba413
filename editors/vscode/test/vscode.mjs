// A real VS Code to test in: gets it once, starts it on a profile of its own, and opens windows in a headless Chromium.

import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import { basename, join } from "node:path";
import { HERE, OUT, ROOT } from "../build.mjs";

/** code-server's build of VS Code 1.100.3: the workbench and the extension host as they are, without a window of its own. */
const PACKAGE = { name: "code-server", version: "4.100.3", sha512: "q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==" };

/** How long anything may take before it counts as failed, in milliseconds. */
export const PATIENCE = 30_000;

/** Unpacks VS Code below `target`, where it is not there yet, and gives its folder. */
export function installVscode() {
  const folder = join(OUT, `code-${PACKAGE.version}`);
  if (existsSync(join(folder, ".complete"))) return folder;
  console.error(`getting VS Code (${PACKAGE.name} ${PACKAGE.version}), once`);
  const loading = join(OUT, "loading");
  for (const old of [folder, loading]) rmSync(old, { recursive: true, force: true });
  mkdirSync(loading, { recursive: true });
  const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  run("npm", ["pack", "--silent", `${PACKAGE.name}@${PACKAGE.version}`], loading);
  const archive = join(loading, `${PACKAGE.name}-${PACKAGE.version}.tgz`);
  const sum = createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (sum !== PACKAGE.sha512) throw new Error(`${PACKAGE.name}-${PACKAGE.version}.tgz is not what it was: sha512-${sum}`);
  run("tar", ["xzf", archive, "--exclude=*.map", "package/lib/vscode"], loading);
  const code = join(loading, "package/lib/vscode");
  // The lock file inside of the package lacks an entry, and `npm ci` will not have it.
  copyFileSync(join(HERE, "test/vscode-lock.json"), join(code, "npm-shrinkwrap.json"));
  run("npm", ["ci", "--silent", "--ignore-scripts", "--omit=dev"], code);
  // The script that was left out would have fetched it from elsewhere.
  const bin = join(code, "node_modules/@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(execFileSync("sh", ["-c", "command -v rg"], { encoding: "utf8" }).trim(), join(bin, "rg"));
  copyFileSync(join(HERE, "test/log-writer.cjs"), join(code, "node_modules/@vscode/spdlog/index.js"));
  writeFileSync(join(code, ".complete"), "");
  renameSync(code, folder);
  rmSync(loading, { recursive: true, force: true });
  return folder;
}

/** A Chromium, headless. */
export async function startBrowser() {
  const { chromium } = await import("playwright-core");
  const executablePath = process.env.CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"], { encoding: "utf8" }).trim();
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: quiet, timeout: PATIENCE });
}

/** VS Code on a profile of its own in `home`, with the extension installed. `settings` are the person's; `env` replaces our environment. */
export class Vscode {
  static async start({ home, vsix, settings, env = process.env }) {
    const main = join(installVscode(), "out/server-main.js");
    const common = ["--accept-server-license-terms", "--server-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions"), "--telemetry-level", "off"];
    mkdirSync(join(home, "data/data/User"), { recursive: true });
    if (settings) writeFileSync(join(home, "data/data/User/settings.json"), JSON.stringify(settings));
    const said = execFileSync(process.execPath, [main, ...common, "--install-extension", vsix], { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
    if (!/successfully installed/.test(said)) throw new Error(`the extension was not installed: ${said}`);
    const vscode = new Vscode();
    vscode.home = home;
    const [extension] = readdirSync(join(home, "extensions")).filter((name) => name.startsWith("followup."));
    vscode.extension = join(home, "extensions", extension);
    vscode.port = await freePort();
    const listen = ["--host", "127.0.0.1", "--port", String(vscode.port), "--without-connection-token", "--log", "info"];
    vscode.process = spawn(process.execPath, [main, ...common, ...listen], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    vscode.exited = new Promise((resolve) => vscode.process.on("exit", resolve));
    const log = createWriteStream(join(home, "server.log"));
    for (const stream of [vscode.process.stdout, vscode.process.stderr]) stream.pipe(log, { end: false });
    await until(`VS Code answers on port ${vscode.port}`, async () => (await fetch(`http://127.0.0.1:${vscode.port}/version`).catch(() => undefined))?.ok);
    return vscode;
  }

  /** Has everything that is said to the bundled server, and by it, written into files of `folder`. */
  record(folder) {
    const bundled = join(this.extension, "server/followup");
    renameSync(bundled, `${bundled}-itself`);
    writeRecorder(bundled, `${bundled}-itself`, folder);
  }

  /** Opens a window on `folder`, with `file` in the editor. */
  async open(browser, folder, file) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.console = [];
    page.on("console", (message) => page.console.push(`[${message.type()}] ${message.text()}`));
    page.on("pageerror", (error) => page.console.push(`[pageerror] ${error}`));
    const files = file ? [["openFile", `vscode-remote://127.0.0.1:${this.port}${join(folder, file)}`]] : [];
    await page.goto(`http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(files))}`);
    await page.locator(".monaco-workbench").waitFor();
    return page;
  }

  /** Ends it with all that it started. */
  async stop() {
    const signal = (name) => {
      try {
        process.kill(-this.process.pid, name);
      } catch {
        // It has gone already.
      }
    };
    signal("SIGTERM");
    const late = setTimeout(() => signal("SIGKILL"), 5_000);
    await this.exited;
    clearTimeout(late);
    signal("SIGKILL");
  }
}

/** Writes a program `file` that is `server`, but leaves what it heard and said in `folder`, with what it told its standard error. */
export function writeRecorder(file, server, folder) {
  mkdirSync(folder, { recursive: true });
  const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  const session = join(folder, `${basename(file)}-$$`);
  const words = [python, join(ROOT, "editors/record.py"), `${session}.jsonl`, "--", server].map((word) => `"${word}"`);
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(" ")} "$@" 2>>"${session}.stderr"\n`);
  chmodSync(file, 0o755);
}

/** Waits until `holds` gives something true, and gives that; at most `patience` milliseconds. */
export async function until(what, holds, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

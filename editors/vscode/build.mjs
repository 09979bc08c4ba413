// Makes the extension with the server for one platform: `node editors/vscode/build.mjs [--target linux-x64] [--debug]` prints where it is.
//
// The platforms are those of `platforms.json`. `--debug` takes the server as the tests build it, which is quick.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
export const ROOT = resolve(HERE, "../..");
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
/** All that is made for this extension and its tests. */
export const OUT = join(TARGET, "editors/vscode");
export const PLATFORMS = JSON.parse(readFileSync(join(HERE, "platforms.json"), "utf8"));

const MANIFEST = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));

/** Builds the `.vsix` for a platform, the one at hand by default, and gives its path. */
export async function build({ target = `${process.platform}-${process.arch}`, debug = false } = {}) {
  const platform = PLATFORMS.find((platform) => platform.target === target);
  if (!platform) {
    throw new Error(`there is no platform ${target}; take one of ${PLATFORMS.map((it) => it.target).join(", ")}, or add it to platforms.json`);
  }
  installPackages();
  const server = buildServer(platform, debug);
  const staged = join(OUT, "staged", target);
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(join(staged, "server"), { recursive: true });
  copyFileSync(server, join(staged, "server", programOf(target)));
  chmodSync(join(staged, "server", programOf(target)), 0o755);
  copyFileSync(join(HERE, "icon.png"), join(staged, "icon.png"));
  writeFileSync(join(staged, "README.md"), withPictures(readFileSync(join(HERE, "README.md"), "utf8")));
  copyFileSync(join(ROOT, "LICENSE-MIT"), join(staged, "LICENSE.txt"));
  const { private: _, scripts: __, devDependencies: ___, dependencies: ____, ...manifest } = MANIFEST;
  writeFileSync(join(staged, "package.json"), JSON.stringify(manifest, null, 2));
  // All of it belongs into the package; without this file, `vsce` asks whether that is meant.
  writeFileSync(join(staged, ".vscodeignore"), "");
  writePages(server, staged, target);
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: [join(HERE, "src/extension.ts")],
    outfile: join(staged, "dist/extension.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    minify: !debug,
    legalComments: "linked",
    logLevel: "warning",
  });
  const vsix = join(OUT, debug ? "debug" : ".", `followup-${target}.vsix`);
  mkdirSync(join(vsix, ".."), { recursive: true });
  const vsce = join(HERE, "node_modules/@vscode/vsce/vsce");
  const packed = ["package", "--target", target, "--out", vsix, "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  run(process.execPath, [vsce, ...packed], { cwd: staged });
  return vsix;
}

/** The packages of the lock file, where they are not there already. */
export function installPackages() {
  const installed = join(HERE, "node_modules/.followup-lock");
  const lock = readFileSync(join(HERE, "package-lock.json"), "utf8");
  if (existsSync(installed) && readFileSync(installed, "utf8") === lock) return;
  run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: HERE, shell: process.platform === "win32" });
  writeFileSync(installed, lock);
}

function buildServer({ target, rust }, debug) {
  const cross = target !== `${process.platform}-${process.arch}`;
  const args = ["build", "--locked", ...(debug ? [] : ["--release"]), ...(cross ? ["--target", rust] : [])];
  run("cargo", args, { cwd: ROOT });
  return join(TARGET, ...(cross ? [rust] : []), debug ? "debug" : "release", programOf(target));
}

/** The walkthrough shows the pages themselves. They are the same on every platform, so a server for another one is asked by way of ours. */
function writePages(server, staged, target) {
  const native = target === `${process.platform}-${process.arch}`;
  for (const { media } of MANIFEST.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps)) {
    const id = media.markdown.replace(/^walkthrough\/|\.md$/g, "");
    const page = native
      ? execFileSync(server, ["explain", id], { encoding: "utf8", cwd: staged })
      : execFileSync("cargo", ["run", "--quiet", "--locked", "--", "explain", id], { encoding: "utf8", cwd: ROOT });
    mkdirSync(join(staged, "walkthrough"), { recursive: true });
    writeFileSync(join(staged, media.markdown), forWalkthrough(page));
  }
}

/** Without the id under the title, and without the list of questions, which is laid out for a terminal. */
export function forWalkthrough(page) {
  return page.replace(/^(# .*(?:\n {2}.*)*)\n.*\n/, "$1\n").replace(/\n## Asked of it\n[\s\S]*?(?=\nFrom: )/, "\n");
}

/** With the pictures inside: a package has no address that they could be fetched from. */
function withPictures(readme) {
  return readme.replace(/\]\((.*\.png)\)/g, (_, file) => `](data:image/png;base64,${readFileSync(join(HERE, file), "base64")})`);
}

function programOf(target) {
  return target.startsWith("win32") ? "followup.exe" : "followup";
}

/** Runs a tool. What it has to say belongs to the log; only the path is the answer. */
function run(command, args, options) {
  execFileSync(command, args, { ...options, stdio: ["ignore", 2, 2] });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { target: { type: "string" }, debug: { type: "boolean" } } });
  console.log(await build(values));
}

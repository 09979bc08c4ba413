// The parts that can be tried without an editor: what is declared, how the server is found, how messages are cut.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { build as bundle } from "esbuild";
import { forWalkthrough, HERE, PLATFORMS, ROOT } from "../build.mjs";
import { frames } from "./record.mjs";

const manifest = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
const settings = manifest.contributes.configuration.properties;
const folder = mkdtempSync(join(tmpdir(), "followup-parts-"));
after(() => rmSync(folder, { recursive: true }));

test("the settings are those of followup.toml", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "server/followup.schema.json"), "utf8"));
  const ours = Object.entries(settings).filter(([name]) => !/^followup\.(server|trace)\./.test(name));
  assert.deepEqual(ours.map(([name]) => name.replace("followup.", "")).sort(), Object.keys(schema.properties).sort());
  for (const [name, { markdownDescription, default: unset, scope, type, ...shape }] of ours) {
    const { description, type: key, ...rest } = schema.properties[name.replace("followup.", "")];
    assert.deepEqual(shape, rest, name);
    // Null is not set; an object is merged from all that is said.
    assert.deepEqual([type, unset], key === "object" ? [key, {}] : [[key, "null"], null], name);
    assert.equal(scope, "resource", "a folder may have its own");
    const plain = markdownDescription.replaceAll("`", "").replace("the folder that is open", "…");
    const same = description.replaceAll('"', "").replace(", unless they are named on the command line", "").replace("the folder of this file", "…");
    assert.equal(plain, same, name);
  }
});

test("no folder can say which program is started", () => {
  for (const name of ["followup.server.path", "followup.server.arguments"]) {
    assert.equal(settings[name].scope, "machine");
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name));
  }
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
});

test("every command has its tests, and the README names it", () => {
  const tests = readFileSync(join(HERE, "test/editor.test.mjs"), "utf8");
  const readme = readFileSync(join(HERE, "README.md"), "utf8");
  for (const { title } of manifest.contributes.commands) {
    assert.ok(tests.includes(`Followup: ${title}`), `no test runs “${title}”`);
    assert.ok(readme.includes(title), `the README does not name “${title}”`);
  }
});

test("the version is the server's, and VS Code is the one that is tested", () => {
  const server = /version = "(.*)"/.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"))[1];
  assert.equal(manifest.version, server);
  assert.match(manifest.engines.vscode, /^\^1\.100\./);
  assert.match(manifest.devDependencies["@types/vscode"], /^1\.100\./);
});

test("the release builds the platforms of the table, and no list of its own", () => {
  const release = readFileSync(join(ROOT, ".github/workflows/release.yml"), "utf8");
  assert.ok(release.includes("platforms.json"));
  for (const { target, rust } of PLATFORMS) assert.ok(!release.includes(target) && !release.includes(rust), target);
  assert.deepEqual(PLATFORMS.filter((it) => it.tested).map((it) => it.target), ["linux-x64"]);
});

test("a page goes into the walkthrough without what is laid out for a terminal", () => {
  const page = "# A long title that\n  goes on\nan-id\n\nText.\n\n## Asked of it\n\n  a/b  warning  Why?\n\nFrom: A book\n";
  assert.equal(forWalkthrough(page), "# A long title that\n  goes on\n\nText.\n\n\nFrom: A book\n");
  assert.equal(forWalkthrough("# T\nan-id\n\nText.\n"), "# T\n\nText.\n");
});

test("messages are told apart however they come", () => {
  const taken = [];
  const take = frames((body) => taken.push(body));
  const bytes = Buffer.from('Content-Length: 7\r\n\r\n{"a":1}Content-Type: x\r\ncontent-length: 10\r\n\r\n{"b":"é"}');
  const cut = bytes.length - 3;
  for (const piece of [bytes.subarray(0, 5), bytes.subarray(5, 40), bytes.subarray(40, cut), bytes.subarray(cut)]) take(piece);
  assert.deepEqual(taken, ['{"a":1}', '{"b":"é"}']);
});

test("the server is the one that is named, else the bundled one, else the one on PATH", async (t) => {
  const { findServer, ServerMissing } = await compiled("server.ts");
  const program = (name, mode = 0o755) => {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "#!/bin/sh\n");
    chmodSync(file, mode);
    return file;
  };
  const [named, bundled, onPath] = ["mine", "extension/server/followup", "bin/followup"].map((name) => program(name));
  program("broken/server/followup", 0o644);
  const [extension, empty, path] = ["extension", "empty", "bin"].map((name) => join(folder, name));
  const found = async (...args) => (await findServer(...args)).command;
  const refused = (...args) => assert.rejects(findServer(...args), ServerMissing);
  assert.equal(await found(named, extension, path), named);
  assert.equal(await found(null, extension, path), bundled);
  assert.equal(await found("", empty, `/nowhere:${path}`), onPath);
  assert.equal(await found(null, join(folder, "broken"), path), onPath, "a file that is no program is none");
  await t.test("and where there is none, a message says what to do", async () => {
    await assert.rejects(findServer(null, empty, "/nowhere"), /cargo install .* followup\.server\.path/);
    await assert.rejects(findServer(null, empty, undefined), ServerMissing);
  });
  await t.test("a name that leads nowhere is told, not passed over", async () => {
    await refused(join(folder, "gone"), extension, path);
    await refused(folder, extension, path);
    await assert.rejects(findServer("~/no-such-program", extension, path), (error) => error.message.includes(homedir()));
  });
  await t.test("nothing relative is run, since that would be the open folder's", async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      await refused("./mine", extension, path);
      await refused("mine", extension, path);
      await refused(null, empty, "bin:.:");
    } finally {
      process.chdir(before);
    }
  });
});

async function compiled(name) {
  const { outputFiles } = await bundle({ entryPoints: [join(HERE, "src", name)], bundle: true, write: false, format: "esm", platform: "node" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

// What has to hold when the windows are closed: logs without complaints, valid messages, no process left.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../build.mjs";
import assert from "node:assert/strict";

/** No log below `home` holds an error or a warning of ours, and no server complained. */
export function assertQuiet(home, messages) {
  const ours = files(home, /\.log$/).filter((file) => !/[/\\]extensions[/\\]/.test(file));
  const log = ours.filter((file) => /followup\.followup[/\\]Followup\.log$/.test(file));
  assert.ok(log.length > 0, "our own log was not written");
  const told = ours.flatMap((file) => {
    const complaints = readFileSync(file, "utf8").split("\n").filter((line) => /\[(warning|error|critical)\]/.test(line));
    return complaints.filter((line) => log.includes(file) || /followup/i.test(line)).map((line) => `${file}: ${line}`);
  });
  assert.deepEqual(told, []);
  assert.deepEqual(files(messages, /\.stderr$/).map((file) => readFileSync(file, "utf8")), [], "what servers told their standard error");
}

/** Every message that was recorded is one of the protocol, where a validator is at hand. */
export function assertValid(messages) {
  const sessions = files(messages, /\.jsonl$/);
  assert.ok(sessions.length > 0, "nothing was recorded");
  const validator = [process.env.LSP_VALIDATOR, join(ROOT, "../shared/tools/lsp")].find((folder) => folder && existsSync(join(folder, "lsp_validate.py")));
  if (!validator) return `${sessions.length} sessions recorded; no validator at hand`;
  const checked = sessions.map((file) => {
    try {
      return execFileSync("python3", [join(validator, "lsp_validate.py"), join(validator, "metaModel.json"), file, "--c2s"], { encoding: "utf8" });
    } catch (error) {
      assert.fail(`${file}: ${error.stdout ?? error}`);
    }
  });
  const count = checked.map((told) => Number(/^(\d+) messages, 0 errors$/m.exec(told)[1])).reduce((all, one) => all + one, 0);
  return `${count} messages in ${sessions.length} sessions, all valid`;
}

/** No process is left whose command line names `home`. */
export function processesOf(home) {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return ids.flatMap((id) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      return line.includes(home) ? [line] : [];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

function files(folder, name) {
  return readdirSync(folder, { recursive: true }).map((file) => join(folder, file)).filter((file) => name.test(file));
}

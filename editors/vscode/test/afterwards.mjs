// What has to hold when the windows are closed: logs without complaints, and no process left. `editors/validate` looks at the messages.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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
  const stderr = files(messages, /\.stderr$/);
  assert.ok(stderr.length > 0, "nothing was recorded");
  assert.deepEqual(stderr.map((file) => readFileSync(file, "utf8")).filter(Boolean), [], "what servers told their standard error");
}

/** The processes whose command line names `home`. */
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

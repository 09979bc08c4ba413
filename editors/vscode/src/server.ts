// Finds the program to start: what the settings name, else what came with the extension, else what is on PATH.

import { constants, promises as fs } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const PROGRAM = process.platform === "win32" ? "followup.exe" : "followup";

export interface Found {
  command: string;
  origin: "from the settings" | "bundled" | "on PATH";
}

/** There is no program to start; the message says what to do. */
export class ServerMissing extends Error {}

/** `setting` is `followup.server.path`. Whoever names a program gets that one or is told why not: never another one in its place. */
export async function findServer(setting: string | null | undefined, extension: string, searched = process.env.PATH): Promise<Found> {
  if (setting) {
    const named = setting.replace(/^~(?=[/\\])/, os.homedir());
    if (!path.isAbsolute(named)) {
      throw new ServerMissing(`The setting followup.server.path is “${setting}”; write the whole path, from / or ~/ on.`);
    }
    if (!(await isProgram(named))) {
      throw new ServerMissing(`The setting followup.server.path names ${named}, where there is no program; correct the path or empty the setting.`);
    }
    return { command: named, origin: "from the settings" };
  }
  const bundled = path.join(extension, "server", PROGRAM);
  if (await isProgram(bundled)) return { command: bundled, origin: "bundled" };
  for (const folder of (searched ?? "").split(path.delimiter)) {
    const candidate = path.join(folder, PROGRAM);
    // A relative entry would let the open folder say what is run.
    if (path.isAbsolute(folder) && (await isProgram(candidate))) return { command: candidate, origin: "on PATH" };
  }
  throw new ServerMissing(
    "Followup's server was not found: this extension came without one for your platform, and there is no `followup` on your PATH. " +
      "Build it with `cargo install --locked --path server` in a clone of Followup, or name it in the setting followup.server.path.",
  );
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

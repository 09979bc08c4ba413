// Stands between an editor and a server and writes down what is said: `node record.mjs NAME SERVER ARGUMENTS…`
//
// NAME.jsonl has a line `{"dir":"c2s"|"s2c","t":SECONDS,"msg":{…}}` a message, NAME.stderr what the server tells its standard error. The bytes
// themselves go through as they come.

import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

/** Gives each message of a stream to `take`, however the stream is cut into pieces. */
export function frames(take) {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = /content-length: *(\d+)/i.exec(rest.toString("latin1", 0, end));
      const next = end + 4 + Number(length?.[1] ?? 0);
      if (rest.length < next) return;
      take(rest.toString("utf8", end + 4, next));
      rest = rest.subarray(next);
    }
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, command, ...args] = process.argv.slice(2);
  const server = spawn(command, args, { stdio: "pipe" });
  const write = (dir) =>
    frames((body) => appendFileSync(`${name}.jsonl`, `{"dir":"${dir}","t":${(performance.now() / 1000).toFixed(4)},"msg":${body.replaceAll("\n", " ")}}\n`));
  const [toServer, toEditor] = [write("c2s"), write("s2c")];
  process.stdin.on("data", toServer);
  server.stdout.on("data", toEditor);
  server.stderr.on("data", (piece) => appendFileSync(`${name}.stderr`, piece));
  server.stderr.pipe(process.stderr);
  process.stdin.pipe(server.stdin);
  server.stdout.pipe(process.stdout);
  // Whoever leaves first takes the other one along.
  server.stdin.on("error", () => {});
  process.stdout.on("error", () => server.kill());
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.kill(signal));
  server.on("close", (code) => process.exit(code ?? 1));
}

import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";

import { runUsers } from "./program";

// Hashes of an import are made on this pool, of four threads unless told before its first use.
process.env.UV_THREADPOOL_SIZE ??= String(os.availableParallelism());

// Whoever reads only the first lines (`| head`) closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void runUsers(process.argv.slice(2), {
  root: path.join(__dirname, "..", ".."),
  streams: {
    out: (line) => void process.stdout.write(line),
    error: (line) => void process.stderr.write(line),
    errorIsTerminal: process.stderr.isTTY === true,
    input: () => text(process.stdin),
  },
}).then((exitCode) => {
  process.exitCode = exitCode;
});

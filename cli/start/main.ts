import * as path from "node:path";

import { readOptions } from "../../twin/options";
import type { Twin, TwinObserver } from "../../twin/twin";

/** The program is the folder above. */
const root = path.join(__dirname, "..", "..");

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), root);
  // Machines read stdout: everything for people goes to stderr then.
  const stream = options.json ? process.stderr : process.stdout;
  const write = (line: string) => void stream.write(`${line}\n`);

  // Nobody should wait for all of the twin to read --help.
  const { describeTwin, terminalObserver } = await import("../../twin/terminal");
  const { startTwin } = await import("../../twin/twin");
  const { withConsole } = await import("../../twin/console/console");
  const start = (observer: TwinObserver) => startTwin(root, options, observer);
  const terminal = terminalObserver(write);
  const { twin, url } = await withConsole(options, terminal, start);
  stopOnSignal(twin, write);
  if (options.json) process.stdout.write(`${JSON.stringify(readyLine(twin, url))}\n`);
  else describeTwin(twin, url).forEach(write);
}

/** What a program that starts the twin needs to know. */
function readyLine(twin: Twin, console: string | undefined) {
  const { ftp, users, files, bucket, uploadLog } = twin;
  return { ready: true, ftp, users, files, bucket, uploadLog, console };
}

function stopOnSignal(twin: Twin, write: (line: string) => void): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // A second signal is somebody in a hurry.
      if (stopping) process.exit(1);
      stopping = true;
      write("Stopping; uploads under way are kept aside as partial.");
      void twin.close().then(() => process.exit(0));
    });
  }
}

/** What a user can mend is one message; a fault of the twin's own shows where it is. */
main().catch((error: Error) => {
  const isFault = error instanceof TypeError || error instanceof RangeError;
  process.stderr.write(`${isFault ? error.stack : error.message}\n`);
  process.exit(1);
});

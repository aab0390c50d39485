import { once } from "node:events";

import { withConsole } from "../../twin/console/console";
import type { TwinOptions } from "../../twin/options";
import { startTwin, type Twin } from "../../twin/twin";
import type { CliContext } from "../core/context";
import { describeTwin, terminalObserver } from "./terminal";

/** Serves a twin until the command has to stop. */
export async function start(options: TwinOptions, context: CliContext): Promise<void> {
  const { root, stop, out, error } = context;
  // With --json, standard output has the one line of JSON only.
  const write = (line: string) => (options.json ? error : out)(`${line}\n`);
  const { twin, url } = await withConsole(options, terminalObserver(write), (observer) =>
    startTwin(root, options, observer),
  );
  if (options.json) out(`${JSON.stringify(readyLine(twin, url))}\n`);
  else describeTwin(twin, url).forEach(write);
  if (!stop.aborted) await once(stop, "abort");
  write("Stopping; interrupted uploads are kept as partial files.");
  await twin.close();
}

/** What a program that starts the twin needs to know. */
function readyLine(twin: Twin, console: string | undefined) {
  const { ftp, users, files, bucket, uploadLog } = twin;
  return { ready: true, ftp, users, files, bucket, uploadLog, console };
}

import { once } from "node:events";

import { withConsole } from "../../twin/console/console";
import type { TwinOptions } from "../../twin/options";
import { findRunning } from "../../twin/running";
import { startTwin, type Twin } from "../../twin/twin";
import type { CliContext } from "../core/context";
import { UserError } from "../core/errors";
import { describeTwin, terminalObserver } from "./terminal";

/**
 * Serves a twin until the command has to stop.
 *
 * @param json - Whether standard output has one line of JSON in place of the text for people.
 */
export async function start(
  options: TwinOptions,
  json: boolean | undefined,
  { root, stop, out, error }: CliContext,
): Promise<void> {
  await requireNoTwin(options.data);
  // With --json, standard output has the one line of JSON only.
  const write = (line: string) => (json ? error : out)(`${line}\n`);
  // Before the evaluation, so that a reader that has left is noticed when the rest is written.
  write(
    options.state === undefined ? `Evaluating stack ${options.stack} …` : "Reading the state …",
  );
  const starting = withConsole(options, terminalObserver(write), (observer) =>
    startTwin(root, options, observer),
  );
  // Ctrl-C in a terminal also ends the process that evaluates the program.
  const started = await starting.catch((problem: unknown) => {
    if (!stop.aborted) throw problem;
  });
  if (!started) return;
  const { twin, url } = started;
  if (json) out(`${JSON.stringify(readyLine(twin, url))}\n`);
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

/** The tables of a folder can be open in one process only. */
async function requireNoTwin(data: string): Promise<void> {
  const running = await findRunning(data);
  if (!running) return;
  const { pid, stack, ftp } = running;
  throw new UserError(
    `A twin of stack ${stack} already runs in ${data}: process ${pid}, FTP at ${ftp.host}:${ftp.port}. Stop it, or give another folder with --data.`,
  );
}

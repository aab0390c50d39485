import { readFileSync } from "node:fs";

import type { TimedEvent } from "../../twin/compatibility/finding";
import { CompatibilityReport } from "../../twin/compatibility/report";
import { summaryLines } from "../../twin/compatibility/summary-text";
import { escapeLine } from "../../twin/recording/escape";
import { maskReply } from "../../twin/recording/mask";
import { parseRecording } from "../../twin/recording/format";
import { recordedSessions, replaySession } from "../../twin/recording/replay";
import type { CliContext } from "../core/context";
import { exitCodes, UserError } from "../core/errors";
import { readPassword } from "../core/read-password";

export interface ReplayOptions {
  readonly host: string;
  readonly port: number;
  readonly reportOnly?: boolean;
}

/**
 * Plays a recording against a server and prints its report.
 *
 * @returns the exit code: 1 when a reply differs
 */
export async function replay(
  file: string,
  { host, port, reportOnly }: ReplayOptions,
  context: CliContext,
): Promise<number> {
  const print = (line: string) => context.out(`${line}\n`);
  const events = [...parseRecording(read(file))];
  const differs = reportOnly ? false : await play(events, { host, port }, context.env, print);
  const report = new CompatibilityReport({
    finding: () => undefined,
    summary: (summary) => summaryLines(summary).forEach((line) => print(escapeLine(line))),
  });
  for (const event of events) report.handle(event);
  return differs ? exitCodes.failed : exitCodes.ok;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

async function play(
  events: readonly TimedEvent[],
  server: { readonly host: string; readonly port: number },
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<boolean> {
  const password = await readPassword("the recorded sessions", env);
  let differs = false;
  for (const [session, commands] of recordedSessions(events)) {
    print(`session ${escapeLine(session)}`);
    await replaySession(commands, { ...server, password }, (line, before, now) => {
      print(`  > ${escapeLine(line)}`);
      now.forEach((reply) => print(`  < ${escapeLine(reply)}`));
      const masked = (replies: readonly string[]) => replies.map(maskReply).join("\n");
      if (masked(before) === masked(now)) return;
      differs = true;
      print(`    recorded: ${escapeLine(before.join(" | "))}`);
    });
  }
  return differs;
}

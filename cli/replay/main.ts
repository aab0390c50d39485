import { readFileSync } from "node:fs";

import { Command } from "commander";

import type { TimedEvent } from "../../twin/compatibility/finding";
import { CompatibilityReport } from "../../twin/compatibility/report";
import { summaryLines } from "../../twin/compatibility/summary-text";
import { port } from "../../twin/number-options";
import { readPassword } from "../../twin/player/password";
import { escapeLine } from "../../twin/recording/escape";
import { parseRecording } from "../../twin/recording/format";
import { recordedSessions, replaySession } from "../../twin/recording/replay";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly reportOnly: boolean;
}

/** Plays a recording against a running twin, or another server, and prints its report. */
async function main(): Promise<void> {
  const command = new Command("npm run replay --")
    .description(
      "Says a recording's sessions again, prints what is answered otherwise, then its report.",
    )
    .argument("<file>", "recording made with npm start -- --record FILE")
    .option("--host <name>", "server to say it to", "127.0.0.1")
    .option("--port <number>", "control port", port, 2121)
    .option("--report-only", "say nothing to anybody; print the report of what was recorded", false)
    .addHelpText(
      "after",
      `
The password of the recorded users is read from FTP_PASSWORD, or asked for.

Examples:
  npm run replay -- camera.txt
  npm run replay -- camera.txt --report-only`,
    );
  command.parse();
  const { host, port: controlPort, reportOnly } = command.opts<Options>();
  const events = [...parseRecording(readFileSync(command.args[0], "utf8"))];
  if (!reportOnly) await play(events, host, controlPort);
  report(events);
}

async function play(events: readonly TimedEvent[], host: string, port: number): Promise<void> {
  const password = await readPassword("the recorded sessions");
  for (const [session, commands] of recordedSessions(events)) {
    console.log(`session ${escapeLine(session)}`);
    await replaySession(commands, { host, port, password }, (line, before, now) => {
      console.log(`  > ${escapeLine(line)}`);
      now.forEach((reply) => console.log(`  < ${escapeLine(reply)}`));
      const codes = (replies: readonly string[]) =>
        replies.map((each) => each.slice(0, 3)).join(" ");
      if (codes(before) !== codes(now)) {
        console.log(`    recorded: ${escapeLine(before.join(" | "))}`);
      }
    });
  }
}

function report(events: readonly TimedEvent[]): void {
  const watch = new CompatibilityReport({
    finding: () => undefined,
    summary: (summary) => summaryLines(summary).forEach((line) => console.log(escapeLine(line))),
  });
  for (const event of events) watch.take(event);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

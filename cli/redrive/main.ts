import { Command } from "commander";

import { deadLetters, redrive } from "../../twin/queue/redrive";

interface Options {
  readonly stack: string;
  readonly data?: string;
  readonly list: boolean;
  readonly json: boolean;
}

/** Control characters in names of devices' files must not reach the terminal. */
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "?");

const program = new Command("npm run redrive --")
  .description(
    "Puts uploads whose function failed back into the twin's queue, to be tried anew. On AWS: docs/upload-events.md.",
  )
  .option("--stack <name>", "stack of the twin", "dev")
  .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
  .option("--list", "only show what waits in the dead-letter queue", false)
  .option("--json", "print one line of JSON", false)
  .addHelpText(
    "after",
    "\nExamples:\n  npm run redrive -- --list\n  npm run redrive -- --stack prod",
  )
  .action(({ stack, data = `.twin/${stack}`, list, json }: Options) => {
    const found = deadLetters(data);
    const moved = list ? 0 : redrive(data);
    const lines = json
      ? [JSON.stringify({ deadLetters: found, moved })]
      : describe(found, list, data);
    for (const line of lines) process.stdout.write(`${line}\n`);
  });

function describe(found: ReturnType<typeof deadLetters>, list: boolean, data: string): string[] {
  if (found.length === 0) return ["The dead-letter queue is empty."];
  const lines = found.map(
    ({ sent, receives, device = "?", path = "?" }) =>
      `${sent}  tried ${receives} times  ${printable(device)}  ${printable(path)}`,
  );
  const why = `Why they failed: ${data}/logs/upload-events.log.`;
  const [those, end] = found.length === 1 ? ["it", "it is"] : ["them", "they are"];
  return list
    ? [...lines, `${why} Without --list, npm run redrive puts ${those} back.`]
    : [
        ...lines,
        `${found.length} put back into the queue; ${end} taken at once, or when the twin is started.`,
      ];
}

try {
  program.parse();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

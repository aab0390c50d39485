import { addStackOption, type DefineCommand, numberFrom } from "../core/command";
import { usageError } from "../core/errors";
import type { ConformanceOptions } from "./conformance";

export const define: DefineCommand = (command, context, end) => {
  addStackOption(
    command,
    context,
    "stack that the twin evaluates (default: the selected, else dev)",
  )
    .option("--host <name>", "host of the server")
    .option("--port <number>", "control port", numberFrom(0, 65_535, true), 21)
    .option("--user <name>", "user with permission to write and delete")
    .option("--record <file>", "write the server's replies, masked, to contribute as evidence")
    .option("--recording <file>", "compare what --record has written, in place of a server")
    .addHelpText(
      "after",
      `
Runs the same dialogues with a server and with the twin, and prints where the replies differ.
The password is read from FTP_PASSWORD, or prompted for. Stored files are removed again.

Examples:
  FTP_PASSWORD=… canal-ftp conformance --host 10.0.1.10 --user camera01
  canal-ftp conformance --recording server.json`,
    )
    .action(async ({ host, port, user, recording, stack, record }: Given) => {
      const { conformance } = await import("./conformance");
      const server = serverOf({ host, port, user, recording });
      end(await conformance({ server, stack, record }, context));
    });
};

interface Given {
  readonly host?: string;
  readonly port: number;
  readonly user?: string;
  readonly recording?: string;
  readonly stack: string;
  readonly record?: string;
}

function serverOf({
  host,
  port,
  user,
  recording,
}: Omit<Given, "stack" | "record">): ConformanceOptions["server"] {
  if (recording !== undefined && host === undefined && user === undefined) return { recording };
  // Not by commander, which would report a missing option before a misspelt one.
  if (recording !== undefined || host === undefined || user === undefined) {
    throw usageError("Either --host NAME and --user NAME, or --recording FILE, are required.");
  }
  return { host, port, user };
}

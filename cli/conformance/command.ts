import { addStackOption, type DefineCommand, numberFrom } from "../core/command";
import { usageError } from "../core/errors";
import type { ConformanceOptions } from "./conformance";

export const define: DefineCommand = (command, context, end) => {
  addStackOption(
    command,
    context,
    "stack that the twin evaluates (default: the selected, else dev)",
  )
    .option("--host <name>", "host of the server (required)")
    .option("--port <number>", "control port", numberFrom(0, 65_535, true), 21)
    .option("--user <name>", "user with permission to write and delete (required)")
    .option("--record <file>", "write the server's replies, masked, to contribute as evidence")
    .addHelpText(
      "after",
      `
Runs the same dialogues with a server and with the twin, and prints where the replies differ.
The password is read from FTP_PASSWORD, or prompted for. Stored files are removed again.

Example:
  FTP_PASSWORD=… canal-ftp conformance --host 10.0.1.10 --user camera01`,
    )
    .action(async ({ host, user, ...options }: Partial<ConformanceOptions>) => {
      // Not by commander, which would report a missing option before a misspelt one.
      if (host === undefined || user === undefined) {
        throw usageError("--host NAME and --user NAME are required.");
      }
      const { conformance } = await import("./conformance");
      end(await conformance({ ...options, host, user } as ConformanceOptions, context));
    });
};

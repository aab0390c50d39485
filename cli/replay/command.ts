import { type DefineCommand, numberFrom } from "../core/command";
import type { ReplayOptions } from "./replay";

export const define: DefineCommand = (command, context, end) => {
  command
    .argument("<file>", "recording made with canal-ftp start --record FILE")
    .option("--host <name>", "the server", "127.0.0.1")
    .option("--port <number>", "control port", numberFrom(0, 65_535, true), 2121)
    .option("--report-only", "connect to no server; print the report of the recording")
    .addHelpText(
      "after",
      `
Repeats the sessions of a recording, prints where the replies differ, then the compatibility report.
The password of the recorded users is read from FTP_PASSWORD, or prompted for.

Examples:
  canal-ftp replay camera.txt
  canal-ftp replay camera.txt --report-only`,
    )
    .action(async (file: string, options: ReplayOptions) =>
      end(await (await import("./replay")).replay(file, options, context)),
    );
};

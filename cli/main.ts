import { Command, Help } from "commander";

import { runCommandLine } from "./core/command";
import type { CliContext } from "./core/context";
import { overview } from "./overview.cjs";
import { commandGroups } from "./registry";

/**
 * Runs `canal-ftp` with these arguments.
 *
 * @returns the exit code
 */
export function run(argv: readonly string[], context: CliContext): Promise<number> {
  return runCommandLine(argv, context, (end) => buildProgram(argv, context, end));
}

/**
 * The program with all commands by name, of which only the one in the arguments is loaded.
 *
 * @param end - Sets the exit code.
 */
export async function buildProgram(
  argv: readonly string[],
  context: CliContext,
  end: (exitCode: number) => void,
): Promise<Command> {
  const program = new Command("canal-ftp")
    .description("A private FTP server for devices on SORACOM SIMs")
    .helpCommand(false)
    .helpOption("--help", "display help for command")
    .configureHelp({
      // The overview is one screen; a command's own help is commander's.
      formatHelp: (command, help) =>
        command.parent ? Help.prototype.formatHelp.call(help, command, help) : overview(),
    });
  for (const { name, summary, load } of Object.values(commandGroups).flat()) {
    const command = program.command(name).description(`${summary}.`);
    if (name === argv[0]) (await load()).define(command, context, end);
  }
  return program;
}

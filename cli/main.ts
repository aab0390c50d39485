import { Command, Help } from "commander";

import { type DefineCommand, runCommandLine } from "./core/command";
import type { CliContext } from "./core/context";
import { groups, overview } from "./overview.cjs";

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
  const commands: Record<string, string> = Object.assign({}, ...Object.values(groups));
  for (const [name, summary] of Object.entries(commands)) {
    const command = program.command(name).description(`${summary}.`);
    if (name === argv[0]) (await loadCommand(name)).define(command, context, end);
  }
  return program;
}

/** The code of a command, in the folder of its name. */
export function loadCommand(name: string): Promise<{ readonly define: DefineCommand }> {
  return import(`./${name}/command`) as Promise<{ readonly define: DefineCommand }>;
}

import { Command, CommanderError } from "commander";

import { registerAdd } from "./commands/add";
import { registerExport } from "./commands/export";
import { registerImport } from "./commands/import";
import { registerList } from "./commands/list";
import { registerRemove } from "./commands/remove";
import { registerRotate } from "./commands/rotate";
import { registerShow } from "./commands/show";
import { registerSwitches } from "./commands/switch";
import { registerUnlock } from "./commands/unlock";
import { exitCodes, failureOf, misuse } from "./failure";
import { addSiteOptions } from "./options";
import { Output, type Streams } from "./output";
import type { Shell } from "./shell";
import { openSite, type SiteOptions } from "./site";

/** What surrounds the command. */
export interface Surroundings {
  /** Folder of the program. */
  readonly root: string;
  readonly streams: Streams;
  /** Epoch seconds. */
  readonly now?: () => number;
}

/** Carries out one command line, and resolves with the exit code. */
export async function runUsers(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { streams } = surroundings;
  let exitCode: number = exitCodes.done;
  const program = describeProgram(surroundings, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const {
      code,
      message,
      exitCode: failed,
    } = error instanceof CommanderError ? misuse(error.message) : failureOf(error as Error);
    if (argv.includes("--json")) {
      streams.out(`${JSON.stringify({ error: { code, message } })}\n`);
    } else if (!(error instanceof CommanderError)) {
      // Commander has said it already.
      streams.error(`${message}\n`);
    }
    return failed;
  }
}

function describeProgram(
  { root, streams, now = () => Math.floor(Date.now() / 1000) }: Surroundings,
  end: (exitCode: number) => void,
): Command {
  const program = new Command("npm run users --")
    .description(
      "Manages the users who can log in over FTP, of a deployed stack or of the local twin.",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out(text),
      writeErr: (text) => streams.error(text),
    })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .addHelpText(
      "after",
      `
Examples:
  npm run users -- add camera-01 --twin
  npm run users -- import fleet.csv --passwords fleet-passwords.csv --stack prod
  npm run users -- rotate camera-01 --stack prod            # a second password; the first still works
  npm run users -- rotate camera-01 --finish --stack prod   # the device has it: the first is dropped
  npm run users -- list --stack prod --json

Exit codes: 0 done; 1 failed; 2 wrong use; 3 a user is not as the command needs; 4 some of an import failed.`,
    );
  addSiteOptions(program, root);

  const shell: Shell = {
    program,
    run: (command, run) => {
      command.action(async (...received: unknown[]) => {
        // Commander gives the arguments, then the options, then the command.
        const args = received.slice(0, -2) as never;
        const options = command.optsWithGlobals<SiteOptions & { json: boolean }>();
        const site = await openSite(root, options);
        try {
          const session = { site, output: new Output(streams, options.json), streams, now };
          end((await run(session, options as never, ...args)) ?? exitCodes.done);
        } finally {
          await site.close();
        }
      });
    },
  };
  registerAdd(shell);
  registerList(shell);
  registerShow(shell);
  registerRotate(shell);
  registerSwitches(shell);
  registerUnlock(shell);
  registerRemove(shell);
  registerImport(shell);
  registerExport(shell);
  return program;
}

import * as os from "node:os";

import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { exitCodes } from "../core/errors";
import { Output } from "../core/output";
import { registerAdd } from "./commands/add";
import { registerDoctor } from "./commands/doctor";
import { registerExport } from "./commands/export";
import { registerImport } from "./commands/import";
import { registerList } from "./commands/list";
import { registerRemove } from "./commands/remove";
import { registerRotate } from "./commands/rotate";
import { registerSet } from "./commands/set";
import { registerShow } from "./commands/show";
import { registerSwitches } from "./commands/switch";
import { registerUnlock } from "./commands/unlock";
import { openSite, type SiteOptions } from "./site";
import type { SubcommandRegistry } from "./subcommand";

export const define: DefineCommand = (users, context, end) => {
  // An import hashes passwords on libuv's threads, whose number is fixed at their first use.
  context.env.UV_THREADPOOL_SIZE ??= String(os.availableParallelism());
  users.helpCommand(false).addHelpText(
    "after",
    `
Examples:
  canal-ftp users add camera-01 --twin
  canal-ftp users set camera-01 --access drop-box --until 2027-03-31 --stack prod
  canal-ftp users import fleet.csv --passwords fleet-passwords.csv --stack prod
  canal-ftp users rotate camera-01 --stack prod            # adds a second password; the first still works
  canal-ftp users rotate camera-01 --finish --stack prod   # the device has it: removes the first
  canal-ftp users list --stack prod --json`,
  );
  const registry: SubcommandRegistry = {
    add: (name) =>
      addJsonOption(addStackOption(users.command(name), context))
        .option("--twin", "the users of the local twin, running or stopped")
        .option("--data <folder>", "the twin's folder (default: .twin/<stack>)")
        .option("--table <name>", "the table, in place of the stack's output userTable"),
    run: (command, run) => {
      command.action(async (...received: unknown[]) => {
        // Commander passes the arguments, then the options, then the command.
        const args = received.slice(0, -2) as never;
        const options = command.opts<SiteOptions & { json?: boolean }>();
        const site = await openSite(context, options);
        try {
          const session = { site, output: new Output(context, options.json === true), context };
          end((await run(session, options as never, ...args)) ?? exitCodes.ok);
        } finally {
          await site.close();
        }
      });
    },
  };
  registerAdd(registry);
  registerList(registry);
  registerShow(registry);
  registerSet(registry);
  registerDoctor(registry);
  registerRotate(registry);
  registerSwitches(registry);
  registerUnlock(registry);
  registerRemove(registry);
  registerImport(registry);
  registerExport(registry);
};

import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { twinFolder } from "../core/twin-folder";
import { redriveUploads, type RedriveOptions } from "./redrive";

export const define: DefineCommand = (command, context) => {
  addJsonOption(addStackOption(command, context))
    .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
    .option("--list", "only list the dead-letter queue")
    .addHelpText(
      "after",
      `
Moves upload events whose function failed from the dead-letter queue back to the twin's queue.
docs/upload-events.md describes the same for a deployed stack.

Examples:
  canal-ftp redrive --list
  canal-ftp redrive --stack prod`,
    )
    .action(({ stack, data, ...options }: RedriveOptions & { stack: string; data?: string }) => {
      redriveUploads(twinFolder(context.root, stack, data), options, context);
    });
};

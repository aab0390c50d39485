import { DamagedItem, fromItem } from "../../../lambdas/identity-provider/stores/user-record";
import { usageError } from "../../core/errors";
import { documentOf, linesOf } from "../describe";
import { UserStateError } from "../errors";
import { addFieldOptions, fieldsOf, type FieldOptions } from "../options";
import { problemsOf } from "../records";
import { noSuchUser, type SubcommandRegistry } from "../subcommand";

/** `set NAME`: changes fields of a user, which take effect at the next login. */
export function registerSet({ add, run }: SubcommandRegistry): void {
  const command = addFieldOptions(
    add("set")
      .description(
        "Change a user's permissions, which apply from the next login. The password is unchanged.",
      )
      .argument("<name>"),
  );
  run<[string], FieldOptions>(command, async ({ site, output, context }, options, name) => {
    site.requireUsersInTable();
    site.requireDevice(name);
    const fields = fieldsOf(options, context.now());
    if (Object.keys(fields).length === 0) {
      throw usageError("Name what to change: --access, --until, --from, --map or --note.");
    }
    const item = await site.table.item(name);
    if (!item) throw noSuchUser(name, site);
    const problems = problemsOf(name, { ...recordIn(item, name), ...fields }, site);
    if (problems.length > 0) throw usageError(problems.join("\n"));
    if (!(await site.table.setFields(name, fields))) throw noSuchUser(name, site);
    const contents = await site.table.about(name);
    const document = documentOf(name, contents, site, context.now());
    output.result(document, linesOf(document, contents.users.get(name)));
  });
}

function recordIn(item: unknown, name: string) {
  try {
    return fromItem(item);
  } catch (error) {
    if (!(error instanceof DamagedItem)) throw error;
    throw new UserStateError(
      "damaged-record",
      `The record of ${name} is damaged: remove it and add it again.`,
    );
  }
}

import { nameWarnings } from "../../../lib/device-credentials";
import { usageError } from "../../core/errors";
import { UserStateError } from "../errors";
import { addFieldOptions, addPasswordOptions, fieldsOf, type FieldOptions } from "../options";
import { checkPasswordOptions, newPassword, type PasswordOptions } from "../password-source";
import { hashOf, problemsOf, recordOf } from "../records";
import type { SubcommandRegistry } from "../subcommand";

interface AddOptions extends PasswordOptions, FieldOptions {
  readonly disabled: boolean;
}

/** `add NAME`: adds a user, with a password that devices accept. */
export function registerAdd({ add, run }: SubcommandRegistry): void {
  const command = add("add")
    .description("Add a user. By default, a password is generated and shown once.")
    .argument("<name>", "every device accepts 3 to 12 of a-z, 0-9 and -")
    .option("--disabled", "add the user without permission to log in", false);
  addPasswordOptions(addFieldOptions(command));

  run<[string], AddOptions>(command, async ({ site, output, context }, options, name) => {
    site.requireUsersInTable();
    checkPasswordOptions(options);
    const fields = { ...fieldsOf(options, context.now()), enabled: !options.disabled };
    const problems = problemsOf(name, fields, site);
    if (problems.length > 0) throw usageError(problems.join("\n"));
    for (const warning of nameWarnings(name)) output.warn(warning);
    const taken = new UserStateError(
      "user-exists",
      `There is already a user ${name} in ${site.description}.`,
    );
    // Checked before a password is generated, so that no password is shown that does not work.
    if (await site.table.item(name)) throw taken;

    const made = await newPassword(name, options, context, output);
    const record = recordOf(name, await hashOf(made.password, site), fields);
    if (!(await site.table.add(record))) throw taken;
    output.result({ name, ...made.document }, [
      `Added ${name} to ${site.description}.`,
      ...made.lines,
    ]);
  });
}

import { nameWarnings } from "../../../lib/device-credentials";
import { usageError } from "../../core/errors";
import { UserStateError } from "../errors";
import { parseAccess, parseBlocks, parseMappings, parseTime, type UserFields } from "../fields";
import { addPasswordOptions, option, repeatable } from "../options";
import { checkPasswordOptions, newPassword, type PasswordOptions } from "../password-source";
import { hashOf, problemsOf, recordOf } from "../records";
import type { SubcommandRegistry } from "../subcommand";

interface AddOptions extends PasswordOptions {
  readonly access?: UserFields["access"];
  readonly until?: number;
  readonly from?: string[];
  readonly map?: NonNullable<UserFields["mappings"]>;
  readonly disabled: boolean;
}

/** `add NAME`: adds a user, with a password that devices accept. */
export function registerAdd({ add, run }: SubcommandRegistry): void {
  const command = add("add")
    .description("Add a user. By default, a password is generated and shown once.")
    .argument("<name>", "every device accepts 3 to 12 of a-z, 0-9 and -")
    .option("--access <kind>", "read-write, read-only or drop-box", option(parseAccess))
    .option("--until <date>", "end of access, such as 2027-03-31", option(parseTime))
    .option(
      "--from <block>",
      "IPv4 block of logins, in place of the stack's range; repeatable",
      repeatable(parseBlocks),
    )
    .option(
      "--map <entry=folder[:access]>",
      "a further folder, such as /config=shared/config:read-only; repeatable",
      repeatable(parseMappings),
    )
    .option("--disabled", "add the user without permission to log in", false);
  addPasswordOptions(command);

  run<[string], AddOptions>(command, async ({ site, output, context }, options, name) => {
    site.requireUsersInTable();
    checkPasswordOptions(options);
    const fields = fieldsOf(options);
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

function fieldsOf({ access, until, from, map, disabled }: AddOptions): UserFields {
  return {
    ...(access === undefined ? {} : { access }),
    ...(until === undefined ? {} : { validUntil: until }),
    ...(from === undefined ? {} : { allowedCidrs: from }),
    ...(map === undefined ? {} : { mappings: map }),
    enabled: !disabled,
  };
}

import { forEachUser, noSuchUser, type SubcommandRegistry } from "../subcommand";

/** `unlock NAME...`: forgives failures up to now, from all addresses. */
export function registerUnlock({ add, run }: SubcommandRegistry): void {
  const command = add("unlock")
    .description("Unlock users after failed logins, for every address.")
    .argument("<names...>");
  run<[string[]], object>(command, async (session, _options, names) => {
    const { site, context } = session;
    return forEachUser(names, session, async (name) => {
      if (site.usersInTable && !(await site.table.item(name))) throw noSuchUser(name, site);
      await site.table.forgive(name, context.now(), site.lockout.windowSeconds);
      return { document: { unlocked: true }, lines: [`${name} is unlocked.`] };
    });
  });
}

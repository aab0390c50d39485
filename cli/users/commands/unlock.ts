import { forEachUser, noSuchUser, type Shell } from "../shell";

/** `unlock NAME...`: failures up to now are forgiven, from whatever address. */
export function registerUnlock({ program, run }: Shell): void {
  const command = program
    .command("unlock")
    .description("Free users locked by failed logins, at once and from every address.")
    .argument("<names...>");
  run<[string[]], object>(command, async (session, _options, names) => {
    const { site, now } = session;
    return forEachUser(names, session, async (name) => {
      if (site.usersInTable && !(await site.table.item(name))) throw noSuchUser(name, site);
      await site.table.forgive(name, now(), site.lockout.windowSeconds);
      return { document: { unlocked: true }, lines: [`${name} is unlocked.`] };
    });
  });
}

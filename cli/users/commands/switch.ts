import { forEachUser, noSuchUser, type SubcommandRegistry } from "../subcommand";

/** `disable NAME...` and `enable NAME...`: take effect at the next login. */
export function registerSwitches({ add, run }: SubcommandRegistry): void {
  const switches = [
    { verb: "disable", enabled: false, done: "is disabled: its next login is denied" },
    { verb: "enable", enabled: true, done: "is enabled" },
  ];
  for (const { verb, enabled, done } of switches) {
    const command = add(verb)
      .description(enabled ? "Let disabled users log in again." : "Deny users further logins.")
      .argument("<names...>");
    run<[string[]], object>(command, async (session, _options, names) => {
      const { site } = session;
      site.requireUsersInTable();
      return forEachUser(names, session, async (name) => {
        if (!(await site.table.setEnabled(name, enabled))) throw noSuchUser(name, site);
        return { document: { enabled }, lines: [`${name} ${done}.`] };
      });
    });
  }
}

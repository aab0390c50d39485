import { forEachUser, noSuchUser, type Shell } from "../shell";

/** `disable NAME...` and `enable NAME...`: from the next login on. */
export function registerSwitches({ program, run }: Shell): void {
  const switches = [
    { verb: "disable", enabled: false, done: "is disabled: no login from now on" },
    { verb: "enable", enabled: true, done: "is enabled" },
  ];
  for (const { verb, enabled, done } of switches) {
    const command = program
      .command(verb)
      .description(enabled ? "Let disabled users log in again." : "Let users log in no more.")
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

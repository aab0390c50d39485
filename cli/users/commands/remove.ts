import { forEachUser, noSuchUser, type SubcommandRegistry } from "../subcommand";

/** `remove NAME...`: removes users, and keeps their files. */
export function registerRemove({ add, run }: SubcommandRegistry): void {
  const command = add("remove")
    .description("Remove users. Their files stay in the bucket.")
    .argument("<names...>");
  run<[string[]], object>(command, async (session, _options, names) => {
    const { site } = session;
    site.requireUsersInTable();
    return forEachUser(names, session, async (name) => {
      site.requireDevice(name);
      if (!(await site.table.remove(name))) throw noSuchUser(name, site);
      return { document: { removed: true }, lines: [`Removed ${name}.`] };
    });
  });
}

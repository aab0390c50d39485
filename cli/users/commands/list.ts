import { documentOf, stateOf } from "../describe";
import type { SubcommandRegistry } from "../subcommand";

/** `list`: prints every user with its state. */
export function registerList({ add, run }: SubcommandRegistry): void {
  const command = add("list").description("List all users.");
  run<[], object>(command, async ({ site, output, context }) => {
    site.requireUsersInTable();
    const contents = await site.table.all();
    const users = contents.names().map((name) => documentOf(name, contents, site, context.now()));
    const rows = users.map((user) => [
      user.name,
      user.access ?? "",
      user.until ?? "",
      stateOf(user),
    ]);
    const all = [["name", "access", "until", "state"], ...rows];
    const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
    const lines = all.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
    const none = [`There are no users in ${site.description}.`];
    output.result({ users }, users.length === 0 ? none : lines);
  });
}

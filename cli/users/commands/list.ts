import { formatTable } from "../../core/table";
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
    const lines = formatTable(["name", "access", "until", "state"], rows).trimEnd().split("\n");
    const none = [`There are no users in ${site.description}.`];
    output.result({ users }, users.length === 0 ? none : lines);
  });
}

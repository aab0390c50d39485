import { exportHeader, formatUserRow } from "../user-table-file";
import { documentOf } from "../describe";
import type { SubcommandRegistry } from "../subcommand";

/** `export`: users as CSV, for import elsewhere or for a spreadsheet. Neither passwords nor hashes. */
export function registerExport({ add, run }: SubcommandRegistry): void {
  const command = add("export").description(
    "Print all users as CSV, without passwords and hashes.",
  );
  run<[], object>(command, async ({ site, output, context }) => {
    site.requireUsersInTable();
    const contents = await site.table.all();
    for (const name of contents.damaged) {
      output.warn(`User ${name} is left out: the record is damaged.`);
    }
    const names = [...contents.users.keys()].sort();
    output.result({ users: names.map((name) => documentOf(name, contents, site, context.now())) }, [
      exportHeader.trimEnd(),
      ...names.map((name) => formatUserRow(contents.users.get(name)!).trimEnd()),
    ]);
  });
}

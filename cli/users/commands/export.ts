import { exportHeader, formatUserRow } from "../user-table-file";
import { documentOf } from "../describe";
import type { SubcommandRegistry } from "../subcommand";

/** `export`: prints users as CSV, for an import or a spreadsheet, without passwords and hashes. */
export function registerExport({ add, run }: SubcommandRegistry): void {
  const command = add("export").description(
    "Print all users as CSV, without passwords and hashes.",
  );
  run<[], object>(command, async ({ site, output, context }) => {
    site.requireUsersInTable();
    const contents = await site.table.all();
    for (const name of contents.damaged) {
      output.warn(
        `User ${name} is left out, because the record is damaged: remove it and add it again.`,
      );
    }
    const names = [...contents.users.keys()].sort();
    output.result({ users: names.map((name) => documentOf(name, contents, site, context.now())) }, [
      exportHeader.trimEnd(),
      ...names.map((name) => formatUserRow(contents.users.get(name)!).trimEnd()),
    ]);
  });
}

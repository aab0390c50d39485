import { exportHeader, formatUserRow } from "../user-table-file";
import { documentOf } from "../describe";
import type { Shell } from "../shell";

/** `export`: users as CSV, for import elsewhere or for a spreadsheet. Neither passwords nor hashes. */
export function registerExport({ program, run }: Shell): void {
  const command = program
    .command("export")
    .description("Print all users as CSV, without passwords and hashes.");
  run<[], object>(command, async ({ site, output, now }) => {
    site.requireUsersInTable();
    const contents = await site.table.all();
    for (const name of contents.damaged) {
      output.warn(`User ${name} is left out: the record is damaged.`);
    }
    const names = [...contents.users.keys()].sort();
    output.result({ users: names.map((name) => documentOf(name, contents, site, now())) }, [
      exportHeader.trimEnd(),
      ...names.map((name) => formatUserRow(contents.users.get(name)!).trimEnd()),
    ]);
  });
}

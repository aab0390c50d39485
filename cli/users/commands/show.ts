import { documentOf, linesOf } from "../describe";
import { noSuchUser, type Shell } from "../shell";

/** `show NAME`: one user in full, with its locks. */
export function registerShow({ program, run }: Shell): void {
  const command = program
    .command("show")
    .description("Show one user: access, folders, locks. Passwords and hashes are never shown.")
    .argument("<name>");
  run<[string], object>(command, async ({ site, output, now }, _options, name) => {
    site.requireUsersInTable();
    const contents = await site.table.about(name);
    if (contents.names().length === 0) throw noSuchUser(name, site);
    const document = documentOf(name, contents, site, now());
    output.result(document, linesOf(document, contents.users.get(name)));
  });
}

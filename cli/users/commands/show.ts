import { documentOf, linesOf } from "../describe";
import { noSuchUser, type SubcommandRegistry } from "../subcommand";

/** `show NAME`: prints one user with its locks. */
export function registerShow({ add, run }: SubcommandRegistry): void {
  const command = add("show")
    .description("Show access, folders and locks of a user, never passwords and hashes.")
    .argument("<name>");
  run<[string], object>(command, async ({ site, output, context }, _options, name) => {
    site.requireUsersInTable();
    const contents = await site.table.about(name);
    if (contents.names().length === 0) throw noSuchUser(name, site);
    const document = documentOf(name, contents, site, context.now());
    output.result(document, linesOf(document, contents.users.get(name)));
  });
}

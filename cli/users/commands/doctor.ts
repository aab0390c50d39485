import { auditUsers } from "../audit";
import { exitCodes } from "../../core/errors";
import type { SubcommandRegistry } from "../subcommand";

/** `doctor`: reports users who cannot log in, are not used, or share an address. */
export function registerDoctor({ add, run }: SubcommandRegistry): void {
  const command = add("doctor").description(
    "Report records that a login would refuse, and users who are expired or not used.",
  );
  run<[], object>(command, async ({ site, output, context }) => {
    site.requireUsersInTable();
    const contents = await site.table.all();
    const findings = auditUsers(contents, site, context.now());
    const problems = findings.filter(({ level }) => level === "problem").length;
    output.result({ users: contents.names().length, findings }, [
      `${contents.names().length} users, ${problems} problems, ${findings.length - problems} notes.`,
      ...findings.map(({ name, level, text }) => `  ${level}: ${name}: ${text}`),
    ]);
    return problems > 0 ? exitCodes.failed : exitCodes.ok;
  });
}

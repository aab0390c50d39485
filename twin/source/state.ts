import { keys } from "../../lambdas/identity-provider/stores/user-record";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import type { TwinUser } from "../options";
import { readExport } from "./export-file";
import { madeUpUser } from "./made-up-user";
import type { StackSource } from "./source";
import { withCode } from "./state-code";
import { stackOfState } from "./state-stack";

/**
 * The stack that a file of `pulumi stack export` tells of: what is really deployed.
 *
 * @param root folder of this checkout, for code that a state does not hold
 * @param file `-` for standard input
 * @param named users of the command line; without any, and without one in the state, one is made up
 * @throws Error for a file that is no export
 */
export function fromState(root: string, file: string, named: readonly TwinUser[]): StackSource {
  return async (notice) => {
    const { stack, unreadable } = stackOfState(readExport(file));
    if (unreadable.length > 0) {
      notice(
        `Secret in the exported state and left out: ${unreadable.join(", ")}. With --show-secrets an export has them in plain.`,
      );
    }
    const known = userNames(stack);
    if (known.length > 0) {
      notice(`With the password of the deployed stack: ${known.join(", ")}.`);
    }
    const users = named.length > 0 || known.length > 0 ? named : [madeUpUser()];
    if (users.length > 0) {
      const names = users.map(({ name }) => name).join(", ");
      notice(`Put among the users here, not in the deployed stack: ${names}.`);
    }
    const resources = await withCode(stack.resources, root, notice);
    return { stack: { ...stack, resources }, users, putUsers: true };
  };
}

/** Users whose records can be read. */
function userNames({ resources }: EvaluatedStack): string[] {
  return ofType(resources, "aws:dynamodb/tableItem:TableItem")
    .map(({ outputs }) => (JSON.parse(String(outputs.item)) as { pk?: { S?: string } }).pk?.S ?? "")
    .filter((key) => key.startsWith(keys.user("")))
    .map((key) => key.slice(keys.user("").length));
}

import { keys } from "../../lambdas/identity-provider/stores/user-record";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import { lanPasswordLength, type TwinOptions } from "../options";
import { readExport } from "./export-file";
import { generatedUser, saveUser } from "./generated-user";
import type { StackSource } from "./source";
import { withFunctionCode } from "./state-code";
import { stackOfState } from "./state-stack";

/**
 * The deployed stack in a file of `pulumi stack export`.
 *
 * @param root - Folder of this checkout, for code that is not in the state.
 * @param options - `state` is the file, `-` for standard input. Without users on the command line and in the state,
 *   one is generated.
 * @throws Error for a file that is not an export
 */
export function fromState(
  root: string,
  { state: file = "-", users: named, data, lan }: TwinOptions,
): StackSource {
  return async (notice) => {
    const { stack, unreadable } = stackOfState(readExport(file));
    if (unreadable.length > 0) {
      notice(
        `Encrypted in the exported state and left out: ${unreadable.join(", ")}. Export with --show-secrets to include them.`,
      );
    }
    const known = userNames(stack);
    if (known.length > 0) {
      notice(`Users with the password of the deployed stack: ${known.join(", ")}.`);
    }
    const generated = generatedUser(data, lan && lanPasswordLength);
    const users = named.length > 0 || known.length > 0 ? named : [generated];
    if (users.length > 0) {
      const names = users.map(({ name }) => name).join(", ");
      notice(`Users of the twin only, not of the deployed stack: ${names}.`);
    }
    const resources = await withFunctionCode(stack.resources, root, notice);
    if (users.includes(generated)) saveUser(data, generated);
    return { stack: { ...stack, resources }, users, putUsers: true };
  };
}

/** Users whose records are not encrypted. */
function userNames({ resources }: EvaluatedStack): string[] {
  return ofType(resources, "aws:dynamodb/tableItem:TableItem")
    .map(({ outputs }) => (JSON.parse(String(outputs.item)) as { pk?: { S?: string } }).pk?.S ?? "")
    .filter((key) => key.startsWith(keys.user("")))
    .map((key) => key.slice(keys.user("").length));
}

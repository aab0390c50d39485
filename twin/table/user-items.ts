import { hashPassword } from "../../lambdas/identity-provider/password";
import { toItem } from "../../lambdas/identity-provider/stores/user-record";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import type { TwinUser } from "../options";
import type { StackItem } from "./stack-items";

/** Users as the program would write them into a table of the stack; a hash in place of the password. */
export async function userItems(
  { resources }: EvaluatedStack,
  tableName: string,
  users: readonly TwinUser[],
): Promise<StackItem[]> {
  const table = ofType(resources, "aws:dynamodb/table:Table").find(
    ({ outputs }) => outputs.name === tableName,
  );
  if (users.length === 0) return [];
  if (!table) throw new Error(`The stack makes no table ${tableName} to put users into.`);
  const hashKey = String(table.outputs.hashKey);
  return Promise.all(
    users.map(async ({ name, password }) => {
      const passwordHashes = [await hashPassword(password)];
      return { tableName, hashKey, item: JSON.stringify(toItem({ name, passwordHashes })) };
    }),
  );
}

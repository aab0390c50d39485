import { hashPassword } from "../../lambdas/identity-provider/password";
import { toItem } from "../../lambdas/identity-provider/stores/user-record";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import type { TwinUser } from "../options";
import type { StackItem } from "./stack-items";

/**
 * The items of users for the user table, as the program would make them: with the hash of the password.
 *
 * @throws Error when there are users and the stack does not make the table
 */
export async function userItems(
  { resources }: EvaluatedStack,
  tableName: string,
  users: readonly TwinUser[],
): Promise<StackItem[]> {
  const table = ofType(resources, "aws:dynamodb/table:Table").find(
    ({ outputs }) => outputs.name === tableName,
  );
  if (users.length === 0) return [];
  if (!table) throw new Error(`The stack makes no table ${tableName} for its users.`);
  const hashKey = String(table.outputs.hashKey);
  return Promise.all(
    users.map(async ({ name, password }) => {
      const passwordHashes = [await hashPassword(password)];
      return { tableName, hashKey, item: JSON.stringify(toItem({ name, passwordHashes })) };
    }),
  );
}

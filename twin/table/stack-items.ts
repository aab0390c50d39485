import * as fs from "node:fs";

import { ofType, Resource } from "../../lib/stack/resource";
import type { Tables, TableShape } from "./tables";

/** An item of a table, as aws.dynamodb.TableItem has it. */
export interface StackItem {
  readonly tableName: string;
  readonly hashKey: string;
  /** The item, as JSON. */
  readonly item: string;
}

/** Table and key of an item that is the stack's. */
interface Owned {
  readonly table: string;
  readonly key: Record<string, unknown>;
}

/**
 * Makes the stack's tables and puts its own items into them, as a deployment does: an item that an earlier start put
 * and the stack no longer has is taken away. What others put (users added later, failure counts) stays.
 *
 * @param file remembers the keys of the stack's items from one start to the next
 * @param more items to put as if they were the stack's; they come over its own
 */
export async function putStackItems(
  tables: Tables,
  resources: readonly Resource[],
  file: string,
  more: readonly StackItem[] = [],
): Promise<void> {
  for (const { outputs } of ofType(resources, "aws:dynamodb/table:Table")) {
    await tables.create(outputs as unknown as TableShape);
  }
  const owned: Owned[] = [];
  const own = ofType(resources, "aws:dynamodb/tableItem:TableItem").map(
    ({ outputs }) => outputs as unknown as StackItem,
  );
  for (const { tableName, hashKey, item } of [...own, ...more]) {
    const parsed = JSON.parse(item) as Record<string, unknown>;
    await tables.call("PutItem", { TableName: tableName, Item: parsed });
    owned.push({ table: tableName, key: { [hashKey]: parsed[hashKey] } });
  }

  const there = await tables.names();
  const kept = new Set(owned.map((one) => JSON.stringify(one)));
  for (const before of ownedBefore(file)) {
    if (kept.has(JSON.stringify(before)) || !there.includes(before.table)) continue;
    await tables.call("DeleteItem", { TableName: before.table, Key: before.key });
  }
  fs.writeFileSync(file, JSON.stringify(owned), { mode: 0o600 });
}

function ownedBefore(file: string): Owned[] {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Owned[]) : [];
}

import * as fs from "node:fs";

import { ofType, Resource } from "../../lib/stack/resource";
import type { TableShape } from "./table-shape";
import type { Tables } from "./tables";

/** An item of a table, in the form of aws.dynamodb.TableItem. */
export interface StackItem {
  readonly tableName: string;
  readonly hashKey: string;
  /** The item, as JSON. */
  readonly item: string;
}

/** Table and key of an item that the stack makes. */
interface OwnedItem {
  readonly table: string;
  readonly key: Record<string, unknown>;
}

/**
 * Creates the stack's tables and puts its items into them, as a deployment does: an item that an earlier start put and
 * the stack no longer has is deleted. All other items (users added later, failure counts) stay.
 *
 * @param file - Keeps the keys of the stack's items between starts.
 * @param more - Further items to put as if the stack made them; they replace the stack's own.
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
  const owned: OwnedItem[] = [];
  const own = ofType(resources, "aws:dynamodb/tableItem:TableItem").map(
    ({ outputs }) => outputs as unknown as StackItem,
  );
  for (const { tableName, hashKey, item } of [...own, ...more]) {
    const parsed = JSON.parse(item) as Record<string, unknown>;
    await tables.call("PutItem", { TableName: tableName, Item: parsed });
    owned.push({ table: tableName, key: { [hashKey]: parsed[hashKey] } });
  }

  const existing = await tables.names();
  const kept = new Set(owned.map((item) => JSON.stringify(item)));
  for (const item of readOwned(file)) {
    if (kept.has(JSON.stringify(item)) || !existing.includes(item.table)) continue;
    await tables.call("DeleteItem", { TableName: item.table, Key: item.key });
  }
  fs.writeFileSync(file, JSON.stringify(owned), { mode: 0o600 });
}

function readOwned(file: string): OwnedItem[] {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as OwnedItem[]) : [];
}

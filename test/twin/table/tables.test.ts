import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import type { Resource } from "../../../lib/stack/resource";
import { putStackItems } from "../../../twin/table/stack-items";
import { Tables } from "../../../twin/table/tables";
import { dataFolder } from "../identity/support";

const resource = (type: string, name: string, outputs: Record<string, unknown>): Resource => ({
  key: `${type}::${name}`,
  ...{ type, name, id: name, inputs: {}, outputs, secrets: [], protect: false },
});
const table = resource("aws:dynamodb/table:Table", "users", {
  name: "users",
  hashKey: "pk",
  attributes: [{ name: "pk", type: "S" }],
});
const item = (pk: string, note: string) =>
  resource("aws:dynamodb/tableItem:TableItem", pk, {
    tableName: "users",
    hashKey: "pk",
    item: JSON.stringify({ pk: { S: pk }, note: { S: note } }),
  });

describe("twin/table", () => {
  let data: ReturnType<typeof dataFolder>;
  let tables: Tables;
  const folder = () => path.join(data.path, "tables");
  const deploy = (...items: Resource[]) =>
    putStackItems(tables, [table, ...items], path.join(data.path, "stack-items.json"));
  const reopen = async () => {
    await tables.close();
    tables = await Tables.open(folder());
  };
  async function notes(): Promise<Record<string, string>> {
    const { Items } = await tables.call("Scan", { TableName: "users" });
    const items = Items as { pk: { S: string }; note: { S: string } }[];
    return Object.fromEntries(items.map(({ pk, note }) => [pk.S, note.S]).sort());
  }

  beforeEach(async () => {
    data = dataFolder();
    tables = await Tables.open(folder());
  });
  afterEach(async () => {
    await tables.close();
    data.remove();
  });

  it("keeps items between openings, readable by their owner only", async () => {
    await deploy(item("a", "stack"));
    await tables.call("PutItem", {
      TableName: "users",
      Item: { pk: { S: "b" }, note: { S: "later" } },
    });
    await reopen();
    assert.deepEqual(await notes(), { a: "stack", b: "later" });
    assert.equal(fs.statSync(folder()).mode & 0o777, 0o700);
  });

  it("puts the stack's items at each start and deletes only those it no longer has", async () => {
    await deploy(item("a", "one"), item("b", "one"));
    await tables.call("PutItem", {
      TableName: "users",
      Item: { pk: { S: "c" }, note: { S: "later" } },
    });
    await reopen();
    await deploy(item("a", "two"));
    assert.deepEqual(await notes(), { a: "two", c: "later" });
    await reopen();
    await deploy(item("c", "stack"));
    assert.deepEqual(await notes(), { c: "stack" });
  });

  it("belongs to one process until it closes the tables or ends", async () => {
    await assert.rejects(Tables.open(folder()), new RegExp(`Process ${process.pid} has these`));
    const lock = `${folder()}.lock`;
    await tables.close();
    assert.ok(!fs.existsSync(lock));
    // A process that is opening the tables has no endpoint yet.
    fs.writeFileSync(lock, JSON.stringify({ pid: process.pid }));
    await assert.rejects(Tables.open(folder()), /has these tables open/);
    const longAgo = new Date(Date.now() - 60_000);
    fs.utimesSync(lock, longAgo, longAgo);
    tables = await Tables.open(folder());
    await tables.close();
    fs.writeFileSync(lock, "");
    tables = await Tables.open(folder());
  });
});

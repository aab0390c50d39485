import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { until } from "../../support/until";
import { callTables, Tables } from "../../../twin/table/tables";
import { dataFolder } from "../identity/support";

describe("twin/table/table-history", () => {
  const shape = {
    ...{ name: "users", hashKey: "pk", attributes: [{ name: "pk", type: "S" }] },
    pointInTimeRecovery: { enabled: true },
  };
  let data: ReturnType<typeof dataFolder>;
  let tables: Tables;
  const folder = () => path.join(data.path, "tables");
  const call = (operation: string, input: object) => callTables(tables.endpoint, operation, input);
  const put = (pk: string, note: string, more = {}) =>
    call("PutItem", { TableName: "users", Item: { pk: { S: pk }, note: { S: note }, ...more } });
  const second = () => Math.floor(Date.now() / 1000);
  const nextSecond = async () => {
    const now = second();
    await until("the next second", () => second() > now);
    return now;
  };
  const restore = async (at: number, target: string) => {
    const names = { SourceTableName: "users", TargetTableName: target };
    await call("RestoreTableToPointInTime", { ...names, RestoreDateTime: at });
    const { Items } = await call("Scan", { TableName: target });
    const items = Items as { pk: { S: string }; note: { S: string } }[];
    return Object.fromEntries(items.map(({ pk, note }) => [pk.S, note.S]).sort());
  };

  beforeEach(async () => {
    data = dataFolder();
    tables = await Tables.open(folder());
  });
  afterEach(async () => {
    await tables.close();
    data.remove();
  });

  it("restores what was there at a second, also after another start", async () => {
    await tables.create(shape);
    await put("a", "first");
    await put("b", "first");
    const first = await nextSecond();
    await put("a", "second");
    await call("DeleteItem", { TableName: "users", Key: { pk: { S: "b" } } });
    const second = await nextSecond();
    await call("UpdateItem", {
      ...{ TableName: "users", Key: { pk: { S: "a" } } },
      ...{ UpdateExpression: "SET note = :n", ExpressionAttributeValues: { ":n": { S: "third" } } },
    });
    const third = await nextSecond();
    await tables.close();
    tables = await Tables.open(folder());
    await tables.create(shape);
    await put("c", "fourth");
    assert.deepEqual(await restore(first, "at-1"), { a: "first", b: "first" });
    assert.deepEqual(await restore(second, "at-2"), { a: "second" });
    assert.deepEqual(await restore(third, "at-3"), { a: "third" });
    await assert.rejects(restore(third, "at-3"), /Table already exists: at-3/);
  });

  it("begins with what a table holds, leaves out what expires, and is readable by its owner only", async () => {
    await tables.create({ ...shape, pointInTimeRecovery: undefined });
    await put("old", "before");
    await tables.create(shape);
    await put("lock", "expires", { ttl: { N: "1" } });
    assert.deepEqual(await restore(second(), "now"), { old: "before" });
    assert.equal(fs.statSync(`${folder()}.history`).mode & 0o777, 0o600);
  });

  it("records and restores nothing of a table without recovery", async () => {
    await tables.create({ ...shape, pointInTimeRecovery: { enabled: false } });
    await put("a", "first");
    await assert.rejects(restore(second(), "now"), /recovery is not enabled for table 'users'/);
    const { ContinuousBackupsDescription } = await call("DescribeContinuousBackups", {
      TableName: "users",
    });
    const { PointInTimeRecoveryDescription: found } = ContinuousBackupsDescription as {
      PointInTimeRecoveryDescription: object;
    };
    assert.deepEqual(found, { PointInTimeRecoveryStatus: "DISABLED" });
    assert.ok(!fs.existsSync(`${folder()}.history`));
    await assert.rejects(call("DescribeContinuousBackups", { TableName: "none" }), /not found/);
  });
});

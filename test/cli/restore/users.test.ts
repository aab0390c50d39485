import assert from "node:assert/strict";
import * as path from "node:path";

import type { AwsApi } from "../../../cli/core/aws";
import { sdkApi } from "../../../cli/core/aws-sdk";
import { recoveryTableName } from "../../../cli/restore/recovery-table";
import { callTables } from "../../../twin/table/tables";
import { findRunning } from "../../../twin/running";
import { policyAllows, restorePolicies } from "../../docs/restore-policies";
import { runCli } from "../../support/cli-context";
import { runTwin, type RunningTwin, testUser } from "../../support/running-twin";
import { until } from "../../support/until";

/** The command against a running twin of prod, whose user table has point-in-time recovery. */
describe("canal-ftp restore users", function () {
  this.timeout(180_000);
  let running: RunningTwin;
  let at: string;
  const names = Array.from({ length: 120 }, (_, index) => `cam-${String(index).padStart(3, "0")}`);
  const changed = names.slice(0, 60);
  const removed = names.slice(60, 110);

  interface Document {
    readonly steps: { name: string; because: string }[];
    readonly unchanged: number;
    readonly newer: number;
    readonly restored: number;
    readonly table: string;
    readonly failures?: string[];
  }
  const target = () => ["--stack", "prod", "--twin", "--data", running.data];
  const users = (...args: string[]) => runCli(["users", ...args, ...target()]);
  const restore = (args: string[], given = {}) =>
    runCli(["restore", "users", ...target(), "--json", ...args], given);
  const twin = async () => (await findRunning(running.data))!;
  const items = async () => {
    const { tables, table } = await twin();
    const { Items } = await callTables(tables, "Scan", { TableName: table });
    const found = Items as Record<string, Record<string, string>>[];
    return new Map(found.map((item) => [item.pk.S, JSON.stringify(item)]));
  };
  const tableNames = async () =>
    (await callTables((await twin()).tables, "ListTables", {})).TableNames as string[];
  let original: Map<string, string>;

  before(async () => {
    running = await runTwin({ stack: "prod" });
    const added = await runCli([
      ...["users", "add", ...names.slice(0, 1), "--access", "drop-box", ...target()],
    ]);
    assert.equal(added.code, 0, added.stderr);
    const { tables, table } = await twin();
    const { Item } = await callTables(tables, "GetItem", {
      ...{ TableName: table, Key: { pk: { S: `user#${names[0]}` } } },
    });
    for (const name of names.slice(1)) {
      const item = { ...(Item as object), pk: { S: `user#${name}` } };
      await callTables(tables, "PutItem", { TableName: table, Item: item });
    }
    original = await items();
    at = new Date().toISOString();
    await until("the next second", () => new Date().toISOString().slice(0, 19) > at.slice(0, 19));
    for (const name of changed) assert.equal((await users("set", name, "--note", "later")).code, 0);
    assert.equal((await users("remove", ...removed)).code, 0);
    assert.equal((await users("add", "newcomer")).code, 0);
  });
  after(() => running.stop());

  it("first prints the plan, and changes no user", async () => {
    const now = await items();
    const { code, document, stderr } = await restore(["--at", at]);
    assert.equal(code, 0, stderr);
    const { steps, unchanged, newer, restored, table } = document<Document>();
    const of = (because: string) =>
      steps.filter((step) => step.because === because).map(({ name }) => name);
    assert.deepEqual([of("changed"), of("deleted")], [changed, removed]);
    // The twin's own user is one of those that are unchanged.
    assert.deepEqual([unchanged, newer, restored], [11, 1, 0]);
    assert.deepEqual(await items(), now);
    assert.equal(table, recoveryTableName((await twin()).table, Date.parse(at)));
    assert.ok((await tableNames()).includes(table));
  });

  it("restores one user", async () => {
    const { code, document } = await restore(["--at", at, "--user", changed[0], "--yes"]);
    assert.deepEqual([code, document<Document>().restored], [0, 1]);
    const key = `user#${changed[0]}`;
    assert.equal((await items()).get(key), original.get(key));
  });

  it("continues after an interruption; every record is as it was, and newer ones stay", async () => {
    const stop = new AbortController();
    const first = await restore(["--at", at, "--yes"], {
      stop: stop.signal,
      error: (text: string) => text.startsWith("users restored:") && stop.abort(),
    });
    const { restored } = first.document<Document>();
    assert.equal(first.code, 1);
    assert.ok(restored > 0 && restored < 109, String(restored));

    const second = await restore(["--at", at, "--yes"]);
    assert.equal(second.code, 0, second.stderr);
    assert.equal(second.document<Document>().restored, 109 - restored);
    const now = await items();
    for (const [key, item] of original) assert.equal(now.get(key), item, key);
    assert.ok(now.has("user#newcomer"));
    await until("the recovered table is deleted", async () => (await tableNames()).length === 1);
    const client = await running.client();
    assert.ok((await client.list()).length >= 0, `${testUser.name} logs in`);
  });

  it("needs no action that the documented policy does not allow", async () => {
    const calls = new Set<string>();
    const aws = (given: Parameters<typeof sdkApi>[0]): AwsApi => {
      const api = sdkApi(given, new AbortController().signal);
      return {
        ...api,
        call: (service, operation, input) => {
          calls.add(`${service.toLowerCase()}:${operation}`);
          return api.call(service, operation, input);
        },
      };
    };
    await users("set", changed[1], "--note", "again");
    assert.equal((await restore(["--at", at, "--yes"], { aws })).code, 0);
    assert.deepEqual(
      [...calls].sort(),
      [
        "DeleteTable",
        "DescribeContinuousBackups",
        "DescribeTable",
        "PutItem",
        "RestoreTableToPointInTime",
        "Scan",
      ].map((operation) => `dynamodb:${operation}`),
    );
    for (const call of calls) assert.ok(policyAllows(restorePolicies().users, call), call);
  });

  it("refuses unknown users, a time outside the window, a stopped twin and a stack without recovery", async () => {
    const unknown = await restore(["--at", at, "--user", "nobody"]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stdout, /has no user nobody/);
    const early = await restore(["--at", "2026-01-01T00:00Z"]);
    assert.match(early.stdout, /--at 2026-01-01T00:00:00.000Z given; allowed: 20/);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    assert.match((await restore(["--at", future])).stdout, /given; allowed: /);
    const elsewhere = path.join(running.data, "elsewhere");
    const stopped = await runCli([
      ...["restore", "users", "--twin", "--data", elsewhere, "--at", at],
    ]);
    assert.match(stopped.stderr, /No twin runs in /);

    const dev = await runTwin();
    try {
      const args = ["restore", "users", "--twin", "--data", dev.data, "--at", at];
      const { code, stderr } = await runCli(args);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /has no point-in-time recovery: stacks with canal-ftp:base prod have it/,
      );
    } finally {
      await dev.stop();
    }
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AwsApi, AwsTarget } from "../../../cli/core/aws";
import { twinTable } from "../../../cli/users/twin-table";
import { publishRunning } from "../../../twin/running";
import { Tables } from "../../../twin/table/tables";
import { dataFolder } from "../../twin/identity/support";

const shape = (name: string) => ({
  name,
  hashKey: "pk",
  attributes: [{ name: "pk", type: "S" }],
});

describe("twinTable", () => {
  let data: ReturnType<typeof dataFolder>;
  beforeEach(() => (data = dataFolder()));
  afterEach(() => data.remove());

  /** A stopped twin with these tables. */
  async function stopped(...names: string[]): Promise<void> {
    const tables = await Tables.open(path.join(data.path, "tables"));
    for (const name of names) await tables.create(shape(name));
    await tables.close();
  }

  /** Opens the table of the folder. */
  async function open(table?: string) {
    const targets: AwsTarget[] = [];
    const aws = (target: AwsTarget) => {
      targets.push(target);
      return {} as AwsApi;
    };
    return { location: await twinTable({ aws }, data.path, table), target: targets[0] };
  }

  it("opens the folder of a stopped twin, with the bucket if there is one", async () => {
    await stopped("users-1");
    fs.mkdirSync(path.join(data.path, "buckets", "files-1"), { recursive: true });
    const { location, target } = await open();
    const { description, table, bucket } = location;
    assert.match(description, /^the twin in .* \(stopped\)$/);
    assert.deepEqual([table, bucket], ["users-1", "files-1"]);
    assert.match(target.endpoint!, /^http:\/\/127\.0\.0\.1:\d+$/);
    // The folder is free again after it is closed.
    await location.close();
    await (await open()).location.close();
  });

  it("calls a running twin, and leaves its folder to it", async () => {
    const tables = await Tables.open(path.join(data.path, "tables"));
    const withdraw = publishRunning(data.path, {
      pid: process.pid,
      stack: "dev",
      tables: tables.endpoint,
      table: "users-1",
      bucket: "files-1",
      ftp: { host: "127.0.0.1", port: 2121 },
      deviceAddress: "100.64.0.10",
      s3: "http://127.0.0.1:1",
      reads: "http://127.0.0.1:2",
    });
    try {
      const { location, target } = await open();
      assert.equal(target.endpoint, tables.endpoint);
      assert.deepEqual([location.table, location.bucket], ["users-1", "files-1"]);
      assert.equal((await open("users-2")).location.table, "users-2");
      await location.close();
      assert.deepEqual(await tables.names(), []);
    } finally {
      withdraw();
      await tables.close();
    }
  });

  it("names no bucket where there are two", async () => {
    await stopped("users-1");
    for (const name of ["a", "b"]) {
      fs.mkdirSync(path.join(data.path, "buckets", name), { recursive: true });
    }
    const { location } = await open();
    assert.equal(location.bucket, undefined);
    await location.close();
  });

  it("requires --table for one of several, and frees the folder", async () => {
    await stopped("users-1", "users-2");
    await assert.rejects(open(), {
      message: "The twin has 2 tables; select one with --table: users-1, users-2.",
      exitCode: 2,
    });
    const { location } = await open("users-2");
    assert.equal(location.table, "users-2");
    await location.close();
  });

  it("states what to start when the folder has no tables", async () => {
    await assert.rejects(open(), {
      message: `${data.path} has no tables of a twin: start one first, with canal-ftp start --data ${data.path}`,
    });
  });
});

import assert from "node:assert/strict";

import { UploadLog, UploadLogArgs } from "../../components/upload-log";
import { UploadQueue } from "../../components/upload-queue";
import { readUpload } from "../../lambdas/upload-events/transfer-event";
import { handledKey, rowKey, rowOf } from "../../lambdas/upload-events/upload-row";
import { uploadEvent } from "../lambdas/upload-events/support/events";
import { make } from "../support/evaluate-component";
import { shared } from "../support/shared";

const makeLog = shared((changes: Partial<UploadLogArgs> = {}) =>
  make("log", () => new UploadLog("log", { databaseName: "canal_ftp_dev", ...changes })),
);

interface Rule {
  readonly id: string;
  readonly filter: { readonly prefix: string };
  readonly expiration?: { readonly days: number };
}

const upload = readUpload(uploadEvent());

describe("components/UploadLog", () => {
  it("makes a bucket, and a table over it in a database of its own", async () => {
    const { child, types } = await makeLog();
    assert.equal(types.filter((type) => /^Catalog/.test(type)).length, 2);
    const { databaseName, name, tableType } = child("table").inputs;
    assert.deepEqual(
      [databaseName, name, tableType, child("database").inputs.name],
      ["canal_ftp_dev", "uploads", "EXTERNAL_TABLE", "canal_ftp_dev"],
    );
  });

  it("projects partitions onto the very folders that rows are written into", async () => {
    const { child } = await makeLog();
    const { parameters, partitionKeys, storageDescriptor } = child("table").inputs as {
      parameters: Record<string, string>;
      partitionKeys: { name: string; type: string }[];
      storageDescriptor: { location: string };
    };
    assert.deepEqual(partitionKeys, [{ name: "dt", type: "string" }]);
    assert.equal(parameters["projection.enabled"], "true");
    assert.equal(parameters["projection.dt.type"], "date");
    assert.equal(parameters["projection.dt.format"], "yyyy-MM-dd");
    const bucket = String(child("bucket").id);
    const folder = parameters["storage.location.template"].replace("${dt}", "2026-11-24");
    assert.equal(`s3://${bucket}/${rowKey(upload, { id: "row" })}`, `${folder}row.json`);
    assert.equal(storageDescriptor.location, `s3://${bucket}/uploads/`);
    // Marks of what is done are no rows.
    assert.ok(!`s3://${bucket}/${handledKey(upload)}`.startsWith(storageDescriptor.location));
  });

  it("has a column for each field of a row, of a type that holds it", async () => {
    const { child } = await makeLog();
    const { columns } = child("table").inputs.storageDescriptor as {
      columns: { name: string; type: string }[];
    };
    const row = rowOf(
      upload,
      { id: "row", verified: true, versionId: "v", checksum: "c" },
      new Date(0),
    );
    const fits: Record<string, string> = { string: "string", bigint: "number", boolean: "boolean" };
    assert.deepEqual(
      columns.map(({ name }) => name),
      Object.keys(row),
    );
    for (const { name, type } of columns) {
      const value = row[name as keyof typeof row];
      if (value !== null) assert.equal(typeof value, fits[type], name);
    }
  });

  it("keeps rows as long as configured, queries no expired days, and removes marks earlier", async () => {
    const { child } = await makeLog({ retentionDays: 30 });
    const rules = child("lifecycle").inputs.rules as Rule[];
    const expiry = rules.map(({ filter, expiration }) => [filter.prefix, expiration?.days]);
    assert.deepEqual(expiry.slice(0, 2), [
      ["uploads/", 30],
      ["handled/", 30],
    ]);
    const { parameters } = child("table").inputs as { parameters: Record<string, string> };
    assert.equal(parameters["projection.dt.range"], "NOW-30DAYS,NOW+1DAYS");
    const usual = (await makeLog()).child("lifecycle").inputs.rules as Rule[];
    assert.deepEqual(
      usual.slice(0, 2).map(({ expiration }) => expiration?.days),
      [400, 30],
    );
  });

  it("keeps marks of done events longer than a message can wait, in its queue and after a redrive", async () => {
    const rules = (await makeLog()).child("lifecycle").inputs.rules as Rule[];
    const remembered = rules.find(({ id }) => id === "handled")!.expiration!.days * 24 * 3600;
    const serverId = "s-0123456789abcdef0";
    const queues = await make("in", () => new UploadQueue("in", { serverId, functionSeconds: 60 }));
    const kept = (suffix: string) => Number(queues.child(suffix).inputs.messageRetentionSeconds);
    assert.ok(remembered > kept("queue") + kept("dead-letters") + kept("queue"));
  });

  it("protects the bucket with its rows when configured, and deletes them only when configured", async () => {
    const kept = await makeLog({ protect: true });
    assert.equal(kept.child("bucket").protect, true);
    assert.equal(kept.child("bucket").inputs.forceDestroy, false);
    const { child, resources } = await makeLog({ forceDestroy: true });
    assert.equal(child("bucket").inputs.forceDestroy, true);
    assert.ok(resources.every(({ protect }) => !protect));
  });
});

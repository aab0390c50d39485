import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";

import type { AwsApi } from "../../../cli/core/aws";
import { sdkApi } from "../../../cli/core/aws-sdk";
import { policyAllows, restorePolicies } from "../../docs/restore-policies";
import { runCli } from "../../support/cli-context";
import { runTwin, testUser, type RunningTwin } from "../../support/running-twin";
import { until } from "../../support/until";

/** The command against a running twin, by the AWS SDK. */
describe("canal-ftp restore files", function () {
  this.timeout(180_000);
  let running: RunningTwin;
  let at: string;
  const names = Array.from({ length: 350 }, (_, index) => `day ${index % 3}/photo+${index}.jpg`);
  const overwritten = names.slice(0, 300);
  const deleted = names.slice(300);
  const original = (name: string) => Buffer.from(`the first ${name}`.repeat(50));

  before(async () => {
    running = await runTwin();
    const client = await running.client();
    for (const name of names) await client.uploadFrom(Readable.from([original(name)]), name);
    at = new Date().toISOString();
    // S3 lists whole seconds: what follows has to be in a later one.
    await until("the next second", () => new Date().toISOString().slice(0, 19) > at.slice(0, 19));
    for (const name of overwritten) await client.uploadFrom(Readable.from(["later"]), name);
    for (const name of deleted) await client.remove(name);
    await client.uploadFrom(Readable.from(["new"]), "new.jpg");
  });
  after(() => running.stop());

  const home = () => path.join(running.twin.files, "users", testUser.name);
  const restore = (args: string[], given = {}) =>
    runCli(
      [
        ...["restore", "files", "--stack", "dev", "--twin", "--data", running.data],
        ...["--user", testUser.name, "--json", ...args],
      ],
      given,
    );
  interface Document {
    readonly steps: { because: string; key: string }[];
    readonly unchanged: number;
    readonly newer: number;
    readonly restored: number;
    readonly before?: number;
  }

  it("first prints what it would do, and changes nothing", async () => {
    const { code, document } = await restore(["--at", at]);
    const { steps, unchanged, newer, restored } = document<Document>();
    assert.equal(code, 0);
    const count = (because: string) => steps.filter((step) => step.because === because).length;
    assert.deepEqual([count("overwritten"), count("deleted")], [300, 50]);
    assert.deepEqual([unchanged, newer, restored], [0, 1, 0]);
    assert.equal(fs.readFileSync(path.join(home(), overwritten[0]), "utf8"), "later");
    const part = (await restore(["--at", at, "--path", "day 1/"])).document<Document>();
    assert.ok(part.steps.length > 100 && part.steps.every(({ key }) => key.includes("/day 1/")));
  });

  it("continues after an interruption when it is run again; every file is restored, and newer ones stay", async () => {
    const stop = new AbortController();
    const error = (text: string) => text.startsWith("100 of 350") && stop.abort();
    const first = await restore(["--at", at, "--yes"], { stop: stop.signal, error });
    const { restored } = first.document<Document>();
    assert.equal(first.code, 1);
    assert.ok(restored >= 100 && restored < 350, String(restored));

    const second = await restore(["--at", at, "--yes"]);
    assert.equal(second.code, 0);
    const { restored: rest, before } = second.document<Document>();
    assert.deepEqual([rest, before], [350 - restored, restored]);
    for (const name of names) {
      assert.deepEqual(fs.readFileSync(path.join(home(), name)), original(name), name);
    }
    assert.equal(fs.readFileSync(path.join(home(), "new.jpg"), "utf8"), "new");
  });

  it("needs no action that the documented policy does not allow", async () => {
    const actionsOf: Record<string, string[]> = {
      ListObjectVersions: ["s3:ListBucketVersions"],
      // A copy of a tagged object copies its tags.
      CopyObject: [
        ...["s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
        ...["s3:PutObject", "s3:PutObjectTagging"],
      ],
    };
    const calls = new Set<string>();
    const aws = (given: Parameters<typeof sdkApi>[0]): AwsApi => {
      const api = sdkApi(given, new AbortController().signal);
      return {
        call: (service, operation, input) => {
          calls.add(operation);
          return api.call(service, operation, input);
        },
      };
    };
    const client = await running.client();
    await client.uploadFrom(Readable.from(["later"]), names[0]);
    assert.equal((await restore(["--at", at, "--yes"], { aws })).code, 0);
    assert.deepEqual([...calls].sort(), Object.keys(actionsOf).sort());
    for (const action of Object.values(actionsOf).flat()) {
      assert.ok(policyAllows(restorePolicies().files, action), action);
    }
  });

  it("refuses a time without a zone, and a folder without a running twin", async () => {
    assert.equal((await restore(["--at", "2026-11-26T14:05"])).code, 2);
    const { code, stdout } = await restore(["--at", at, "--data", path.join(running.data, "none")]);
    assert.equal(code, 1);
    assert.match(stdout, /No twin runs in .*: start it with npm start/);
  });
});

import assert from "node:assert/strict";

import { UploadEvents, UploadEventsArgs } from "../../components/upload-events";
import { make, policyOf } from "../support/evaluate-component";
import { shared } from "../support/shared";

const makeEvents = shared((changes: Partial<UploadEventsArgs> = {}) =>
  make(
    "up",
    () =>
      new UploadEvents("up", {
        serverId: "s-0123456789abcdef0",
        bucket: "files",
        bucketArn: "arn:aws:s3:::files",
        databaseName: "site",
        ...changes,
      }),
  ),
);

describe("components/UploadEvents", () => {
  it("leads events of the server through the queue to the function, and its rows to the log", async () => {
    const { child } = await makeEvents();
    const queueArn = child("in-queue").outputs.arn;
    assert.equal(child("in-target").inputs.arn, queueArn);
    const { eventSourceArn, functionName } = child("worker-events").inputs;
    assert.deepEqual(
      [eventSourceArn, functionName],
      [queueArn, child("worker-function").outputs.arn],
    );
    const { variables } = child("worker-function").inputs.environment as {
      variables: Record<string, string>;
    };
    assert.deepEqual(variables, {
      BUCKET_NAME: "files",
      LOG_BUCKET_NAME: child("log-bucket").id,
    });
    const resources = policyOf(child("worker-access")).Statement.flatMap(
      ({ Resource }) => Resource ?? [],
    );
    assert.ok(resources.includes(`${String(child("log-bucket").outputs.arn)}/*`));
  });

  it("hides messages long enough for the function's own time", async () => {
    const { child } = await makeEvents();
    const timeout = Number(child("worker-function").inputs.timeout);
    assert.equal(child("in-queue").inputs.visibilityTimeoutSeconds, 6 * timeout);
  });

  it("passes key, days, protection and tags to the right resources", async () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const tags = { project: "p", stack: "s", environment: "e" };
    const { child, resources } = await makeEvents({
      kmsKeyArn,
      tags,
      probe: "canary",
      uploadLogDays: 31,
      logRetentionDays: 14,
      protect: true,
      forceDestroy: true,
    });
    assert.match(JSON.stringify(child("log-encryption").inputs), /key\/1/);
    assert.match(String(child("worker-access").inputs.policy), /key\/1/);
    assert.match(JSON.stringify(child("log-lifecycle").inputs), /"days":31/);
    assert.equal(child("worker-logs").inputs.retentionInDays, 14);
    assert.match(String(child("in-rule").inputs.eventPattern), /"anything-but":\["canary"\]/);
    assert.equal(child("log-bucket").inputs.forceDestroy, true);
    const isProtected = resources.filter(({ protect }) => protect).map(({ name }) => name);
    assert.deepEqual(isProtected, ["up-log-bucket"]);
    for (const suffix of ["log-bucket", "in-queue", "worker-function", "log-database"]) {
      assert.deepEqual(child(suffix).inputs.tags, tags, suffix);
    }
  });
});

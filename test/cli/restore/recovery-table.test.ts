import assert from "node:assert/strict";

import { type AwsApi, AwsApiError } from "../../../cli/core/aws";
import { recoverTable, recoveryTableName } from "../../../cli/restore/recovery-table";

const at = Date.parse("2026-11-26T14:05:00.700Z");
const target = "users-at-20261126T140500Z";

/** DynamoDB with the states that a recovered table has at one request after another. */
function dynamo(states: (string | undefined)[], window: object = {}) {
  const calls: [string, Record<string, unknown>][] = [];
  const api: AwsApi = {
    call: <T>(_service: string, operation: string, input: object = {}) => {
      calls.push([operation, input as Record<string, unknown>]);
      if (operation === "DescribeContinuousBackups") {
        const PointInTimeRecoveryDescription = {
          PointInTimeRecoveryStatus: "ENABLED",
          EarliestRestorableDateTime: new Date(at - 86_400_000),
          LatestRestorableDateTime: new Date(at + 60_000),
          ...window,
        };
        const ContinuousBackupsDescription = { PointInTimeRecoveryDescription };
        return Promise.resolve({ ContinuousBackupsDescription } as T);
      }
      if (operation !== "DescribeTable") return Promise.resolve({} as T);
      const state = states.shift();
      return state === undefined
        ? Promise.reject(
            new AwsApiError("DynamoDB", operation, "ResourceNotFoundException", "none"),
          )
        : Promise.resolve({ Table: { TableStatus: state } } as T);
    },
  };
  return { api, calls, operations: () => calls.map(([operation]) => operation) };
}

describe("cli/restore/recovery-table", () => {
  const lines: string[] = [];
  const context = (stop = new AbortController()) => ({
    stop: stop.signal,
    error: (text: string) => void lines.push(text),
    clock: { now: () => 0, delay: () => Promise.resolve() },
  });

  it("recovers into a table named by the second, and waits until it can be read", async () => {
    const { api, calls } = dynamo([undefined, "CREATING", "CREATING", "ACTIVE"]);
    assert.equal(await recoverTable(api, "users", at, context()), target);
    assert.equal(recoveryTableName("users", at), target);
    const [, input] = calls.find(([operation]) => operation === "RestoreTableToPointInTime")!;
    assert.deepEqual(input, {
      ...{ SourceTableName: "users", TargetTableName: target },
      RestoreDateTime: new Date("2026-11-26T14:05:00Z"),
    });
    assert.match(lines.join(""), /CREATING for 0 s/);
  });

  it("continues with the table of an earlier run, and after its deletion", async () => {
    const earlier = dynamo(["CREATING", "CREATING", "ACTIVE"]);
    await recoverTable(earlier.api, "users", at, context());
    assert.ok(!earlier.operations().includes("RestoreTableToPointInTime"));
    const deleted = dynamo(["DELETING", "DELETING", undefined, "CREATING", "ACTIVE"]);
    await recoverTable(deleted.api, "users", at, context());
    assert.ok(deleted.operations().includes("RestoreTableToPointInTime"));
  });

  it("stops while DynamoDB recovers", async () => {
    const stop = new AbortController();
    stop.abort();
    const { api } = dynamo([undefined, "CREATING"]);
    await assert.rejects(
      recoverTable(api, "users", at, context(stop)),
      /Stopped while users-at-20261126T140500Z is CREATING; .* run the same command again/,
    );
  });

  it("creates nothing without recovery, or for a time outside its window", async () => {
    for (const [window, message] of [
      [{ PointInTimeRecoveryStatus: "DISABLED" }, /has no point-in-time recovery/],
      [{ LatestRestorableDateTime: new Date(at - 1000) }, /given; allowed: .* to 2026-11-26T14:04/],
      [{ EarliestRestorableDateTime: new Date(at + 1000) }, /given; allowed: 2026-11-26T14:05:01/],
    ] as const) {
      const { api, operations } = dynamo([undefined], window);
      await assert.rejects(recoverTable(api, "users", at, context()), message);
      assert.ok(!operations().includes("RestoreTableToPointInTime"));
    }
  });
});

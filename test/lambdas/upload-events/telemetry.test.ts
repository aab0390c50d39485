import assert from "node:assert/strict";

import { metricNamespace } from "../../../lambdas/shared/metrics";
import { Observation, telemetryLine } from "../../../lambdas/upload-events/telemetry";
import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import { uploadEvent } from "./support/events";

interface Line extends Record<string, unknown> {
  readonly _aws?: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: {
      readonly Namespace: string;
      readonly Dimensions: string[][];
      readonly Metrics: { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

const at = Date.UTC(2026, 10, 24, 3, 0, 3);
const line = (observation: Observation) =>
  JSON.parse(telemetryLine(observation, "dev-uploads", at)) as Line;
const upload = (detail = {}) => readUpload(uploadEvent(detail));
const cut = { "status-code": "FAILED", "failure-code": "PARTIAL_UPLOAD" };
const failed = { "status-code": "FAILED", "failure-code": "UNKNOWN_ERROR" };

describe("upload-events: telemetry", () => {
  const cases: [string, Observation, Record<string, number>][] = [
    [
      "an upload",
      { kind: "logged", upload: upload(), verified: true },
      { Uploads: 1, Bytes: 9, Delay: 1500 },
    ],
    [
      "one with a problem",
      { kind: "logged", upload: upload(), verified: false, problem: "size" },
      { Uploads: 1, Bytes: 9, ProblemUploads: 1, Delay: 1500 },
    ],
    [
      "a cut one",
      { kind: "logged", upload: upload(cut), verified: false },
      { PartialUploads: 1, Delay: 1500 },
    ],
    [
      "a failed one",
      { kind: "logged", upload: upload(failed), verified: false },
      { FailedUploads: 1, Delay: 1500 },
    ],
    ["an error", { kind: "error", error: new Error("no database") }, { Errors: 1 }],
  ];
  for (const [what, observation, metrics] of cases) {
    it(`of ${what} has these metrics and no other, by function`, () => {
      const { _aws, ...fields } = line(observation);
      assert.equal(_aws?.Timestamp, at);
      const [{ Namespace, Dimensions, Metrics }] = _aws!.CloudWatchMetrics;
      assert.deepEqual([Namespace, Dimensions], [metricNamespace, [["FunctionName"]]]);
      assert.equal(fields.FunctionName, "dev-uploads");
      const values = Object.fromEntries(Metrics.map(({ Name }) => [Name, fields[Name]]));
      assert.deepEqual(values, metrics);
    });
  }

  it("of a repeated event counts nothing", () => {
    const { kind, _aws } = line({ kind: "repeated", upload: upload() });
    assert.deepEqual([kind, _aws], ["repeated", undefined]);
  });

  it("says which upload, and why it failed", () => {
    const error = new Error("no database");
    const reported = line({ kind: "error", upload: upload(), error });
    assert.deepEqual(
      [reported.device, reported.key, reported.error],
      ["camera01", "users/camera01/a b.jpg", "Error: no database"],
    );
  });
});

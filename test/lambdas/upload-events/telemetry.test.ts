import assert from "node:assert/strict";

import { metricNamespace } from "../../../lambdas/shared/metrics";
import { Observation, telemetryLine } from "../../../lambdas/upload-events/telemetry";
import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import type { LoggedFile } from "../../../lambdas/upload-events/upload-row";
import { renameEvent, uploadEvent } from "./support/events";

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
const logged = (detail = {}, file: Partial<LoggedFile> = {}): Observation => ({
  ...{ kind: "logged", upload: upload(detail), file: { id: "row", verified: false, ...file } },
});
const failed = { "status-code": "FAILED", "failure-code": "UNKNOWN_ERROR" };

describe("upload-events: telemetry", () => {
  const cases: [string, Observation, Record<string, number>][] = [
    ["an upload", logged({}, { verified: true }), { Uploads: 1, Bytes: 9, Delay: 1500 }],
    [
      "one with a problem",
      logged({}, { problem: "size" }),
      { Uploads: 1, Bytes: 9, ProblemUploads: 1, Delay: 1500 },
    ],
    ["a cut one", logged(cut), { PartialUploads: 1, Delay: 1500 }],
    ["a failed one", logged(failed), { FailedUploads: 1, Delay: 1500 }],
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

  for (const kind of ["repeated", "renamed"] as const) {
    it(`of a ${kind} event counts nothing`, () => {
      const printed = line({ kind, upload: upload() });
      assert.deepEqual([printed.kind, printed._aws], [kind, undefined]);
    });
  }

  it("of an event that waits for another counts nothing, and has the reason", () => {
    const printed = line({ kind: "waiting", upload: upload(), error: new Error("not yet") });
    assert.deepEqual([printed.error, printed._aws], ["Error: not yet", undefined]);
  });

  it("of a rename has the size of the file, which its event has not", () => {
    const { Bytes, renamedFrom } = line({
      kind: "logged",
      upload: readUpload(renameEvent()),
      file: { id: "row", verified: true, bytes: 7 },
    });
    assert.deepEqual([Bytes, renamedFrom], [7, "users/camera01/a.tmp"]);
  });

  it("logs the upload and the reason of its failure", () => {
    const error = new Error("no database");
    const reported = line({ kind: "error", upload: upload(), error });
    assert.deepEqual(
      [reported.device, reported.key, reported.error],
      ["camera01", "users/camera01/a b.jpg", "Error: no database"],
    );
  });
});

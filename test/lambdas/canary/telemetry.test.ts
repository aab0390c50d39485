import assert from "node:assert/strict";

import { telemetryLine } from "../../../lambdas/canary/telemetry";
import type { Journey } from "../../../lambdas/canary/journey";
import { metricNamespace } from "../../../lambdas/shared/metrics";

const at = Date.UTC(2026, 10, 26, 3);

interface Line extends Record<string, unknown> {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: {
      readonly Namespace: string;
      readonly Dimensions: string[][];
      readonly Metrics: { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
}

/** The line's metrics by name, with their units, and its other fields. */
function read(journey: Journey) {
  const { _aws, ...fields } = JSON.parse(telemetryLine(journey, "dev-canary", at)) as Line;
  assert.equal(_aws.Timestamp, at);
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  assert.deepEqual([Namespace, Dimensions], [metricNamespace, [["FunctionName"]]]);
  const metrics = Object.fromEntries(Metrics.map(({ Name }) => [Name, fields[Name]]));
  const units = Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit]));
  return { metrics, units, fields };
}

describe("canary: telemetry", () => {
  it("of a success has 1 and the milliseconds of each step but compare", () => {
    const milliseconds = {
      connect: 1,
      login: 80.5,
      upload: 2,
      list: 3,
      download: 4,
      compare: 0,
      delete: 5,
    };
    const { metrics, units, fields } = read({ address: "10.0.0.5", milliseconds });
    assert.deepEqual(metrics, {
      CanarySuccess: 1,
      CanaryConnect: 1,
      CanaryLogin: 80.5,
      CanaryUpload: 2,
      CanaryList: 3,
      CanaryDownload: 4,
      CanaryDelete: 5,
    });
    assert.deepEqual([units.CanarySuccess, units.CanaryLogin], [undefined, "Milliseconds"]);
    assert.deepEqual(
      [fields.outcome, fields.address, fields.FunctionName, fields.step],
      ["succeeded", "10.0.0.5", "dev-canary", undefined],
    );
  });

  it("of a failure has 0, the step and why, and no milliseconds of steps not taken", () => {
    const { metrics, fields } = read({
      address: "10.0.0.5",
      milliseconds: { connect: 1, login: 9 },
      failed: { step: "login", reason: "PASS: reply 530" },
    });
    assert.deepEqual(metrics, { CanarySuccess: 0, CanaryConnect: 1, CanaryLogin: 9 });
    assert.deepEqual(
      [fields.outcome, fields.step, fields.reason],
      ["failed", "login", "PASS: reply 530"],
    );
  });
});

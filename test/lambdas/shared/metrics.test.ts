import assert from "node:assert/strict";

import { metricLine, type MetricLine } from "../../../lambdas/shared/metrics";

const line = (changes: Partial<MetricLine>) =>
  JSON.parse(
    metricLine({
      fields: { outcome: "denied", Reason: "locked" },
      metrics: [
        { name: "Denied", value: 1 },
        { name: "Latency", value: 2.5, unit: "Milliseconds" },
      ],
      functionName: "dev-idp",
      timestamp: 1000,
      ...changes,
    }),
  ) as unknown;

const metrics = [{ Name: "Denied" }, { Name: "Latency", Unit: "Milliseconds" }];
const own = { Namespace: "CanalFtp", Dimensions: [["FunctionName"]], Metrics: metrics };
const logged = {
  outcome: "denied",
  Reason: "locked",
  FunctionName: "dev-idp",
  Denied: 1,
  Latency: 2.5,
};

describe("lambdas/shared/metrics", () => {
  it("is a log line with its metrics by function", () => {
    const expected = { ...logged, _aws: { Timestamp: 1000, CloudWatchMetrics: [own] } };
    assert.deepEqual(line({}), expected);
  });

  it("divides the first metric by a field", () => {
    const divided = {
      Namespace: "CanalFtp",
      Dimensions: [["FunctionName", "Reason"]],
      Metrics: [{ Name: "Denied" }],
    };
    const directives = { Timestamp: 1000, CloudWatchMetrics: [own, divided] };
    assert.deepEqual(line({ dividedBy: "Reason" }), { ...logged, _aws: directives });
  });

  it("without metrics is a log line only", () => {
    assert.deepEqual(line({ metrics: [] }), {
      outcome: "denied",
      Reason: "locked",
      FunctionName: "dev-idp",
    });
  });
});

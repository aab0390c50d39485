import assert from "node:assert/strict";
import { telemetryLine, type Observation } from "../../../lambdas/identity-provider/telemetry";

const observation: Observation = {
  outcome: "granted",
  reason: "password",
  user: "cam-1",
  address: "100.64.0.10",
  serverId: "s-1",
  milliseconds: 12.3456,
  requestId: "r-1",
};
const line = (more: Partial<Observation> = {}) =>
  JSON.parse(telemetryLine({ ...observation, ...more }, "dev-idp", 1_800_000_000_123));

/** Metrics as CloudWatch takes them from a line: name, dimensions with values, value, unit. */
function metricsIn(parsed: Record<string, unknown>): string[] {
  const { CloudWatchMetrics } = parsed._aws as {
    CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit?: string }[];
    }[];
  };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) =>
      Metrics.map(({ Name, Unit = "" }) => {
        const where = dimensions.map((name) => `${name}=${parsed[name]}`).join(",");
        return `${Namespace} ${Name}{${where}} ${parsed[Name]}${Unit}`;
      }),
    ),
  );
}

describe("Telemetry", () => {
  it("is one line of what happened", () => {
    const { _aws, ...rest } = line();
    assert.deepEqual(rest, {
      outcome: "granted",
      Reason: "password",
      user: "cam-1",
      address: "100.64.0.10",
      serverId: "s-1",
      requestId: "r-1",
      FunctionName: "dev-idp",
      Granted: 1,
      Latency: 12.3,
    });
    assert.equal(_aws.Timestamp, 1_800_000_000_123);
    const text = telemetryLine({ ...observation, reason: "a\r\nb" }, "f", 0);
    assert.doesNotMatch(text, /[\r\n]/);
  });

  it("counts grants, refusals by reason, locks and errors, and times all of them", () => {
    const latency = "CanalFtp Latency{FunctionName=dev-idp} 12.3Milliseconds";
    assert.deepEqual(metricsIn(line()), ["CanalFtp Granted{FunctionName=dev-idp} 1", latency]);
    assert.deepEqual(metricsIn(line({ outcome: "denied", reason: "wrong-password" })), [
      "CanalFtp Denied{FunctionName=dev-idp} 1",
      latency,
      "CanalFtp Denied{FunctionName=dev-idp,Reason=wrong-password} 1",
    ]);
    assert.deepEqual(metricsIn(line({ outcome: "denied", reason: "locked" })), [
      "CanalFtp Denied{FunctionName=dev-idp} 1",
      "CanalFtp Locked{FunctionName=dev-idp} 1",
      latency,
      "CanalFtp Denied{FunctionName=dev-idp,Reason=locked} 1",
    ]);
    assert.deepEqual(metricsIn(line({ outcome: "error", reason: "GetItem: Timeout" })), [
      "CanalFtp Error{FunctionName=dev-idp} 1",
      latency,
    ]);
  });

  it("logs further facts, when there are any", () => {
    assert.deepEqual(line({ notes: ["hash-upgraded"] }).notes, ["hash-upgraded"]);
    assert.equal("notes" in line({ notes: [] }), false);
  });
});

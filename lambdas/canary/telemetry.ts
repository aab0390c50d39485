/**
 * One line of JSON per journey: a log line to read and, by its `_aws` part, CloudWatch metrics without a call to
 * CloudWatch, which the canary has no way to
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
import { metricNamespace } from "../identity-provider/telemetry";
import type { Journey } from "./journey";
import { measuredSteps, stepMetric, successMetric } from "./steps";

/**
 * The line, without its end.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp epoch milliseconds
 */
export function telemetryLine(journey: Journey, functionName: string, timestamp: number): string {
  const { address, failed, milliseconds } = journey;
  const taken = measuredSteps.flatMap((step) => {
    const value = milliseconds[step];
    return value === undefined ? [] : [{ name: stepMetric(step), value }];
  });
  return JSON.stringify({
    outcome: failed ? "failed" : "succeeded",
    ...(failed ?? {}),
    address,
    FunctionName: functionName,
    [successMetric]: failed ? 0 : 1,
    ...Object.fromEntries(taken.map(({ name, value }) => [name, value])),
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: successMetric },
            ...taken.map(({ name }) => ({ Name: name, Unit: "Milliseconds" })),
          ],
        },
      ],
    },
  });
}

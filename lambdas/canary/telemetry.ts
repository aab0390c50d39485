/** One line of JSON per journey, with metrics: the canary has no route to CloudWatch's API. */
import { metricLine } from "../shared/metrics";
import type { Journey } from "./journey";
import { measuredSteps, stepMetric, successMetric } from "./steps";

/**
 * The line, without its line ending.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp - Epoch milliseconds.
 */
export function telemetryLine(journey: Journey, functionName: string, timestamp: number): string {
  const { address, failed, milliseconds } = journey;
  const durations = measuredSteps.flatMap((step) => {
    const value = milliseconds[step];
    return value === undefined
      ? []
      : [{ name: stepMetric(step), value, unit: "Milliseconds" as const }];
  });
  return metricLine({
    fields: { outcome: failed ? "failed" : "succeeded", ...failed, address },
    metrics: [{ name: successMetric, value: failed ? 0 : 1 }, ...durations],
    functionName,
    timestamp,
  });
}

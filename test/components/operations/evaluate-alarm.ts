import assert from "node:assert/strict";

import type { Resource } from "../../../lib/stack/resource";
import type { EvaluatedComponent } from "../../support/evaluate-component";
import { parseFilterPattern } from "../../support/filter-pattern";

/** An alarm's inputs, as CloudWatch takes them. */
export interface Alarm {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Record<string, string>;
  readonly statistic?: "Sum" | "Minimum" | "Maximum";
  readonly extendedStatistic?: "p90";
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly treatMissingData: string;
}

export const alarmIn = ({ inputs }: Resource) => inputs as unknown as Alarm;

/** Numbers that the alarm's metric gets from the lines: by the stack's filters, or by what the lines embed. */
export function valuesOf(
  alarm: Alarm,
  lines: readonly string[],
  { resources }: EvaluatedComponent,
): number[] {
  const filters = resources
    .filter(({ type }) => type === "aws:cloudwatch/logMetricFilter:LogMetricFilter")
    .filter(({ inputs }) => {
      const { namespace, name } = inputs.metricTransformation as Record<string, string>;
      return namespace === alarm.namespace && name === alarm.metricName;
    });
  if (filters.length > 0) {
    assert.equal(alarm.dimensions, undefined);
    const [matches] = filters.map(({ inputs }) => parseFilterPattern(String(inputs.pattern)));
    return lines.filter(matches).map(() => 1);
  }
  return lines.flatMap((line) => embedded(alarm, line));
}

/** The value of a metric that a line embeds (Embedded Metric Format specification), or none. */
function embedded({ namespace, metricName, dimensions }: Alarm, text: string): number[] {
  interface Embedding {
    Namespace: string;
    Dimensions: string[][];
    Metrics: { Name: string }[];
  }
  if (!text.startsWith("{")) return [];
  const line = JSON.parse(text) as Record<string, unknown>;
  const { CloudWatchMetrics = [] } = (line._aws ?? {}) as { CloudWatchMetrics?: Embedding[] };
  const names = Object.keys(dimensions ?? {});
  const isThere = CloudWatchMetrics.some(
    ({ Namespace, Dimensions, Metrics }) =>
      Namespace === namespace &&
      Metrics.some(({ Name }) => Name === metricName) &&
      Dimensions.some((set) => JSON.stringify(set) === JSON.stringify(names)),
  );
  const isOurs = names.every((name) => line[name] === dimensions?.[name]);
  return isThere && isOurs ? [Number(line[metricName])] : [];
}

/** Whether one period with these values is over the limit. */
export function isBreaching(alarm: Alarm, values: readonly number[]): boolean {
  if (values.length === 0) return alarm.treatMissingData === "breaching";
  const sorted = [...values].sort((a, b) => a - b);
  const value = {
    Sum: values.reduce((sum, each) => sum + each, 0),
    Minimum: sorted[0],
    Maximum: sorted[sorted.length - 1],
    p90: sorted[Math.ceil(sorted.length * 0.9) - 1],
  }[alarm.extendedStatistic ?? alarm.statistic!];
  return alarm.comparisonOperator === "LessThanThreshold"
    ? value < alarm.threshold
    : value >= alarm.threshold;
}

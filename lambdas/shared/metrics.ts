/** The namespace of the functions' metrics in CloudWatch. */
export const metricNamespace = "CanalFtp";

/** One figure of a log line. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit?: "Bytes" | "Count" | "Milliseconds";
}

/** A log line that is also metrics. */
export interface MetricLine {
  /** What is logged in addition to the metrics. */
  readonly fields: object;
  readonly metrics: readonly Metric[];
  /**
   * Name of a field that is a second dimension of the first metric, in addition to the function's name. Default none.
   */
  readonly dividedBy?: string;
  /** Value of the dimension FunctionName, which separates two stacks in one account. */
  readonly functionName: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/**
 * One line of JSON, without its line ending. CloudWatch extracts the metrics from its `_aws` part, without a request
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function metricLine(line: MetricLine): string {
  const { fields, metrics, dividedBy, functionName, timestamp } = line;
  const names = metrics.map(({ name, unit }) => ({ Name: name, Unit: unit }));
  const directive = (dimensions: string[], Metrics: object[]) => ({
    Namespace: metricNamespace,
    Dimensions: [dimensions],
    Metrics,
  });
  const directives = [directive(["FunctionName"], names)];
  if (dividedBy) directives.push(directive(["FunctionName", dividedBy], names.slice(0, 1)));
  return JSON.stringify({
    ...fields,
    FunctionName: functionName,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    ...(metrics.length > 0 && { _aws: { Timestamp: timestamp, CloudWatchMetrics: directives } }),
  });
}

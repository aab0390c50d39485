/**
 * One line of JSON per decision. It is a log line to read and, by its `_aws` part, CloudWatch metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
 * without a call to CloudWatch.
 *
 * Metrics of namespace CanalFtp, by FunctionName: Granted, Denied, Locked (also counted in Denied), Error and
 * Latency (milliseconds); Denied also by FunctionName and Reason. A line carries only those that happened.
 */
import type { Note, Refusal } from "./authenticate";

/** What is logged of an attempt. There is no field for a password, a hash or a key. */
export interface Observation {
  readonly outcome: "granted" | "denied" | "error";
  /** Why refused, how granted, or what broke. */
  readonly reason: Refusal | "password" | "remembered" | (string & {});
  /** Undefined when it is not a user name: people do type passwords there. */
  readonly user?: string;
  readonly address?: string;
  readonly serverId?: string;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly notes?: readonly Note[];
}

/** The namespace of the metrics. */
export const metricNamespace = "CanalFtp";

/**
 * The line, without its end.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp - Epoch milliseconds.
 */
export function telemetryLine(
  { outcome, reason, milliseconds, notes = [], ...rest }: Observation,
  functionName: string,
  timestamp: number,
): string {
  const counted = {
    granted: ["Granted"],
    denied: reason === "locked" ? ["Denied", "Locked"] : ["Denied"],
    error: ["Error"],
  }[outcome];
  const metrics = [...counted.map((Name) => ({ Name })), { Name: "Latency", Unit: "Milliseconds" }];
  const directive = (dimensions: string[], Metrics: object[]) => ({
    Namespace: metricNamespace,
    Dimensions: [dimensions],
    Metrics,
  });
  const directives = [directive(["FunctionName"], metrics)];
  if (outcome === "denied")
    directives.push(directive(["FunctionName", "Reason"], [{ Name: "Denied" }]));
  return JSON.stringify({
    outcome,
    Reason: reason,
    ...rest,
    ...(notes.length > 0 ? { notes } : {}),
    FunctionName: functionName,
    ...Object.fromEntries(counted.map((name) => [name, 1])),
    Latency: Math.round(milliseconds * 10) / 10,
    _aws: { Timestamp: timestamp, CloudWatchMetrics: directives },
  });
}

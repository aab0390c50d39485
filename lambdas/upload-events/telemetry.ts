/**
 * One line of JSON for each delivery. It is a log line to read and, by its `_aws` part, CloudWatch metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 *
 * Metrics of namespace CanalFtp, by FunctionName, each counted once for an upload however often its event comes:
 * Uploads (completed), Bytes, PartialUploads, FailedUploads, ProblemUploads (completed, and something is wrong with
 * the file), Delay (milliseconds from the end of an upload to its row). And for each attempt that failed: Errors.
 */
import type { Upload } from "./transfer-event";
import type { Problem } from "./verify";

/** The namespace of the metrics, the same as the identity provider's. */
export const metricNamespace = "CanalFtp";

/** What became of a delivery. */
export type Observation =
  | {
      readonly kind: "logged";
      readonly upload: Upload;
      readonly problem?: Problem;
      readonly verified: boolean;
    }
  /** The row was there: the event came before. */
  | { readonly kind: "repeated"; readonly upload: Upload }
  | { readonly kind: "error"; readonly upload?: Upload; readonly error: Error };

type Metrics = Record<string, { readonly value: number; readonly unit: string }>;

/**
 * The line, without its end.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp epoch milliseconds
 */
export function telemetryLine(
  observation: Observation,
  functionName: string,
  timestamp: number,
): string {
  const { kind, upload } = observation;
  const metrics = metricsOf(observation, timestamp);
  const names = Object.entries(metrics).map(([Name, { unit }]) => ({ Name, Unit: unit }));
  return JSON.stringify({
    kind,
    ...(upload && {
      id: upload.id,
      device: upload.device,
      key: upload.key,
      outcome: upload.outcome,
      bytes: upload.bytes,
      failure: upload.failure,
    }),
    ...(kind === "logged" ? { problem: observation.problem, verified: observation.verified } : {}),
    ...(kind === "error" ? { error: describe(observation.error) } : {}),
    FunctionName: functionName,
    ...Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value])),
    ...(names.length > 0 && {
      _aws: {
        Timestamp: timestamp,
        CloudWatchMetrics: [
          { Namespace: metricNamespace, Dimensions: [["FunctionName"]], Metrics: names },
        ],
      },
    }),
  });
}

const one = { value: 1, unit: "Count" };

function metricsOf(observation: Observation, timestamp: number): Metrics {
  if (observation.kind === "repeated") return {};
  if (observation.kind === "error") return { Errors: one };
  const { upload, problem } = observation;
  const delay = Math.max(0, timestamp - upload.ended.getTime());
  return {
    ...{
      completed: { Uploads: one, Bytes: { value: upload.bytes, unit: "Bytes" } },
      partial: { PartialUploads: one },
      failed: { FailedUploads: one },
    }[upload.outcome],
    ...(problem === undefined ? {} : { ProblemUploads: one }),
    Delay: { value: delay, unit: "Milliseconds" },
  };
}

const describe = ({ name, message }: Error) => `${name}: ${message}`;

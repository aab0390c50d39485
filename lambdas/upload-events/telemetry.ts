/**
 * One line of JSON for each delivery, with metrics.
 *
 * Metrics by FunctionName, each counted once for an upload however often its event comes:
 * Uploads (completed), Bytes, PartialUploads, FailedUploads, ProblemUploads (completed, and something is wrong with
 * the file), Delay (milliseconds from the end of an upload to its row). And for each attempt that failed: Errors.
 */
import { type Metric, metricLine } from "../shared/metrics";
import type { Upload } from "./transfer-event";
import type { Problem } from "./verify";

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

/**
 * The line, without its end.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp - Epoch milliseconds.
 */
export function telemetryLine(
  observation: Observation,
  functionName: string,
  timestamp: number,
): string {
  const { kind, upload } = observation;
  return metricLine({
    fields: {
      kind,
      ...(upload && {
        id: upload.id,
        device: upload.device,
        key: upload.key,
        outcome: upload.outcome,
        bytes: upload.bytes,
        failure: upload.failure,
      }),
      ...(kind === "logged" && { problem: observation.problem, verified: observation.verified }),
      ...(kind === "error" && { error: describe(observation.error) }),
    },
    metrics: metricsOf(observation, timestamp),
    functionName,
    timestamp,
  });
}

const one = (name: string): Metric => ({ name, value: 1, unit: "Count" });

function metricsOf(observation: Observation, timestamp: number): Metric[] {
  if (observation.kind === "repeated") return [];
  if (observation.kind === "error") return [one("Errors")];
  const { upload, problem } = observation;
  const delay = Math.max(0, timestamp - upload.ended.getTime());
  const counted: Metric[] = {
    completed: [one("Uploads"), { name: "Bytes", value: upload.bytes, unit: "Bytes" } as const],
    partial: [one("PartialUploads")],
    failed: [one("FailedUploads")],
  }[upload.outcome];
  return [
    ...counted,
    ...(problem === undefined ? [] : [one("ProblemUploads")]),
    { name: "Delay", value: delay, unit: "Milliseconds" },
  ];
}

const describe = ({ name, message }: Error) => `${name}: ${message}`;

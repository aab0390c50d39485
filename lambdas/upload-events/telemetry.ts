/**
 * One line of JSON for each delivery, with metrics.
 *
 * Metrics by FunctionName, each counted once for a file however often its event comes: Uploads (completed), Bytes,
 * PartialUploads, FailedUploads, ProblemUploads (completed, with a problem of the file), Delay (milliseconds from the
 * end of an upload to its row). And for each attempt that failed: Errors.
 */
import { type Metric, metricLine } from "../shared/metrics";
import type { Upload } from "./transfer-event";
import type { LoggedFile } from "./upload-row";

/** The result of a delivery. */
export type Observation =
  | { readonly kind: "logged"; readonly upload: Upload; readonly file: LoggedFile }
  /** The row exists: the event was already delivered. */
  | { readonly kind: "repeated"; readonly upload: Upload }
  /** The device has renamed the file, which is logged under its new name. */
  | { readonly kind: "renamed"; readonly upload: Upload }
  /** To be decided at the next delivery. */
  | { readonly kind: "waiting"; readonly upload: Upload; readonly error: Error }
  | { readonly kind: "error"; readonly upload?: Upload; readonly error: Error };

/**
 * The line, without its line ending.
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
      ...(kind === "logged" && { id: observation.file.id }),
      ...(upload && {
        event: upload.id,
        device: upload.device,
        key: upload.key,
        renamedFrom: upload.renamedFrom,
        outcome: upload.outcome,
        bytes: upload.bytes,
        failure: upload.failure,
      }),
      ...(kind === "logged" && {
        problem: observation.file.problem,
        verified: observation.file.verified,
      }),
      ...("error" in observation && { error: describe(observation.error) }),
    },
    metrics: metricsOf(observation, timestamp),
    functionName,
    timestamp,
  });
}

const one = (name: string): Metric => ({ name, value: 1, unit: "Count" });

function metricsOf(observation: Observation, timestamp: number): Metric[] {
  if (observation.kind === "error") return [one("Errors")];
  if (observation.kind !== "logged") return [];
  const { upload, file } = observation;
  const delay = Math.max(0, timestamp - upload.ended.getTime());
  const bytes = upload.bytes ?? file.bytes ?? 0;
  const counted: Metric[] = {
    completed: [one("Uploads"), { name: "Bytes", value: bytes, unit: "Bytes" } as const],
    partial: [one("PartialUploads")],
    failed: [one("FailedUploads")],
  }[upload.outcome];
  return [
    ...counted,
    ...(file.problem === undefined ? [] : [one("ProblemUploads")]),
    { name: "Delay", value: delay, unit: "Milliseconds" },
  ];
}

const describe = ({ name, message }: Error) => `${name}: ${message}`;

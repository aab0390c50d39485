/**
 * The function that the queue of upload events invokes. Its environment is described in settings.ts, its event in
 * transfer-event.ts, its steps in process-upload.ts. Your own code is in your-function.ts, or in the module that a
 * program passes to UploadEvents in its place.
 */
import { Batch, BatchResponse, processBatch } from "./batch";
import { invokeFunction } from "./invoke-function";
import { S3 } from "./s3";
import { readSettings } from "./settings";
import { processUpload, ProcessingDependencies } from "./process-upload";
import { type Observation, telemetryLine } from "./telemetry";
import { onUpload } from "./your-function";

let tools: ProcessingDependencies | undefined;

/** The Lambda handler. Settings are read at the first batch; if they are not valid, all of its messages fail. */
export async function handler(batch: Batch): Promise<BatchResponse> {
  const ready = (tools ??= assemble());
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? "upload-events";
  const report = (observation: Observation) => {
    process.stdout.write(`${telemetryLine(observation, name, Date.now())}\n`);
  };
  return processBatch(
    batch,
    (upload, delivery) => processUpload(upload, ready, report, delivery),
    report,
  );
}

function assemble(): ProcessingDependencies {
  const { bucket, logBucket, checksumBytes, s3, userFunction } = readSettings(process.env);
  const own = userFunction === undefined ? onUpload : invokeFunction(userFunction);
  if (typeof own !== "function") throw new Error("The module of onUpload exports no onUpload.");
  return {
    ...{ s3: new S3(s3), bucket, logBucket, checksumBytes, onUpload: own, now: () => new Date() },
  };
}

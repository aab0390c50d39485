/**
 * A batch of messages from the queue, and the messages to deliver again (Lambda developer guide, "Reporting batch item
 * failures").
 */
import { NotDecidedYet } from "./process-upload";
import type { Observation } from "./telemetry";
import { readUpload, Upload } from "./transfer-event";

/** The part of Lambda's SQS event that is used. */
export interface Batch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes?: { readonly ApproximateReceiveCount?: string };
  }[];
}

export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Processes an event. `delivery`: the receive count of its message, from 1. */
export type ProcessEvent = (upload: Upload, delivery: number) => Promise<void>;

/**
 * Processes every message separately: one that fails is reported and delivered again, the others are done. Renames
 * come first, because they decide which uploads are files. Others run concurrently, deliveries of the same event one
 * after the other, so that the second finds the first one done.
 */
export async function processBatch(
  { Records }: Batch,
  take: ProcessEvent,
  report: (observation: Observation) => void,
): Promise<BatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const known: { upload: Upload; delivery: number; fail: (error: Error) => void }[] = [];
  for (const { messageId, body, attributes } of Records) {
    let upload: Upload | undefined;
    const fail = (error: Error) => {
      batchItemFailures.push({ itemIdentifier: messageId });
      report(
        error instanceof NotDecidedYet && upload
          ? { kind: "waiting", upload, error }
          : { kind: "error", upload, error },
      );
    };
    try {
      upload = readUpload(body);
      const delivery = Number(attributes?.ApproximateReceiveCount ?? 1);
      known.push({ upload, delivery, fail });
    } catch (error) {
      fail(error as Error);
    }
  }
  for (const isRename of [true, false]) {
    const underWay = new Map<string, Promise<void>>();
    for (const { upload, delivery, fail } of known) {
      if ((upload.renamedFrom !== undefined) !== isRename) continue;
      const before = underWay.get(upload.id) ?? Promise.resolve();
      underWay.set(upload.id, before.then(() => take(upload, delivery)).catch(fail));
    }
    await Promise.all(underWay.values());
  }
  return { batchItemFailures };
}

/** A batch of messages from the queue, and which of them have to come again (Lambda developer guide, "Reporting batch item failures"). */
import type { Observation } from "./telemetry";
import { readUpload, Upload } from "./transfer-event";

/** The part of Lambda's SQS event that is used. */
export interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/**
 * Takes every message by itself: one that fails is reported and comes again, the others are done. Uploads are
 * taken at once, deliveries of the same upload one after the other, so that the second finds the first one done.
 */
export async function takeBatch(
  { Records }: Batch,
  take: (upload: Upload) => Promise<void>,
  report: (observation: Observation) => void,
): Promise<BatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const underWay = new Map<string, Promise<void>>();
  for (const { messageId, body } of Records) {
    let upload: Upload | undefined;
    const fail = (error: Error) => {
      batchItemFailures.push({ itemIdentifier: messageId });
      report({ kind: "error", upload, error });
    };
    try {
      upload = readUpload(body);
    } catch (error) {
      fail(error as Error);
      continue;
    }
    const { id } = upload;
    const before = underWay.get(id) ?? Promise.resolve();
    const known = upload;
    underWay.set(id, before.then(() => take(known)).catch(fail));
  }
  await Promise.all(underWay.values());
  return { batchItemFailures };
}

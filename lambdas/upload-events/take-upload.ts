import type { S3, Tags } from "./s3";
import type { Observation } from "./telemetry";
import type { Upload } from "./transfer-event";
import type { OnUpload, UploadedFile } from "./uploaded-file";
import { handledKey, rowKey, rowOf } from "./upload-row";
import { Check, verify } from "./verify";

/** What taking an upload needs. */
export interface Tools {
  readonly s3: S3;
  /** The bucket devices upload to. */
  readonly bucket: string;
  readonly logBucket: string;
  /** Bytes of the largest file whose contents are read. */
  readonly checksumBytes: number;
  readonly onUpload: OnUpload;
  readonly now: () => Date;
}

/** Tags S3 lets an object have. */
const mostTags = 10;

/**
 * Does all that is done for an upload: checks the object, tags it, writes its row, calls your own function. May
 * be repeated from any point. The row comes before your function, so that the log is whole even while that fails;
 * the mark that all is done comes last, and what is marked is not done again.
 *
 * @param report - Receives the row as soon as it is written, so that an upload is counted once also when your function
 *   fails; of an upload whose row was there already, that it is repeated
 * @throws what S3 or your own function throws
 */
export async function takeUpload(
  upload: Upload,
  tools: Tools,
  report: (observation: Observation) => void,
): Promise<void> {
  const { s3, bucket, logBucket, checksumBytes, onUpload, now } = tools;
  if (upload.bucket !== bucket) {
    throw new Error(`The file is in ${upload.bucket}, and this function serves ${bucket}.`);
  }
  const handled = { bucket: logBucket, key: handledKey(upload) };
  if (await s3.head(handled)) return report({ kind: "repeated", upload });

  const completed = upload.outcome === "completed";
  const check = completed ? await verify(s3, upload, checksumBytes) : undefined;
  if (check?.etag !== undefined) await tag(s3, upload, check);
  const row = `${JSON.stringify(rowOf(upload, check, now()))}\n`;
  const isNew = await s3.putNew({ bucket: logBucket, key: rowKey(upload) }, row);
  const { problem, verified = false } = check ?? {};
  report(isNew ? { kind: "logged", upload, problem, verified } : { kind: "repeated", upload });
  if (check && problem === undefined) await onUpload(fileOf(upload, check, s3));
  await s3.put(handled, "");
}

/** Puts ours to the tags that are there; an object that has all it may have is left as it is. */
async function tag(s3: S3, upload: Upload, { problem, verified, version }: Check): Promise<void> {
  const before = await s3.tags(upload, version);
  const ours: Tags = {
    device: upload.device,
    "upload-check": problem ?? (verified ? "verified" : "stored"),
  };
  const after = { ...before, ...ours };
  if (Object.keys(after).length > mostTags) return;
  if (Object.entries(ours).every(([key, value]) => before[key] === value)) return;
  await s3.putTags(upload, version, after);
}

function fileOf(upload: Upload, { etag, version, checksum }: Check, s3: S3): UploadedFile {
  const { id, device, bucket, key, bytes, address, started, ended } = upload;
  return {
    ...{ id, device, bucket, key, bytes, address, started, ended, etag, version, checksum },
    async read() {
      const contents = await s3.read(upload, etag ?? "");
      if (contents === undefined) throw new Error(`${key} was replaced or is gone.`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of contents) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

import { Claims, versionDigest } from "./claims";
import type { S3Requests } from "./s3";
import type { Observation } from "./telemetry";
import type { Upload } from "./transfer-event";
import type { OnUpload, UploadedFile } from "./uploaded-file";
import { handledKey, LoggedFile, rowKey, rowOf } from "./upload-row";
import { verify } from "./verify";
import { Candidate, earliest, renamedPairs, uploadedVersions } from "./versions";

/** The dependencies of processing an upload. */
export interface ProcessingDependencies {
  readonly s3: S3Requests;
  /** The bucket devices upload to. */
  readonly bucket: string;
  readonly logBucket: string;
  /** Bytes of the largest file whose contents are read. */
  readonly checksumBytes: number;
  readonly onUpload: OnUpload;
  readonly now: () => Date;
}

/** Whether to log the file cannot be decided yet: the event must be delivered again. */
export class NotDecidedYet extends Error {
  override readonly name = "NotYet";
}

/**
 * Deliveries after which the function stops waiting for a rename. Deliveries are six minutes apart
 * (components/upload-queue.ts), and the remaining ones are for failures of the user's function.
 */
const renameWaitDeliveries = 3;

/**
 * Processes an event: finds its version of the object, checks it, writes its row, calls the user's function. Can be
 * repeated from any point. The row is written before the user's function is called, so that the log is complete even
 * while that fails; the event is marked as done last, and a marked event is not processed again.
 *
 * A version that a rename has moved is not logged: the file has its row under its new name. Only the event of the rename
 * shows whether a file was renamed or deleted. It may arrive late, so a removed file is decided at a later delivery.
 *
 * @param report - Receives the result as soon as the row is written, so that a file is counted once also when the
 *   user's function fails
 * @param delivery - How often this event was delivered, from 1
 * @throws NotYet, and what S3 or the user's function throws
 */
export async function processUpload(
  upload: Upload,
  tools: ProcessingDependencies,
  report: (observation: Observation) => void,
  delivery: number,
): Promise<void> {
  const { s3, bucket, logBucket, onUpload } = tools;
  if (upload.bucket !== bucket) {
    throw new Error(`The file is in ${upload.bucket}, and this function serves ${bucket}.`);
  }
  const handled = { bucket: logBucket, key: handledKey(upload) };
  if (await s3.head(handled)) return report({ kind: "repeated", upload });

  const found = await fileOf(upload, tools, delivery);
  if (typeof found === "string") {
    report({ kind: found, upload });
  } else {
    const row = `${JSON.stringify(rowOf(upload, found, tools.now()))}\n`;
    const isNew = await s3.putNew({ bucket: logBucket, key: rowKey(upload, found) }, row);
    report(isNew ? { kind: "logged", upload, file: found } : { kind: "repeated", upload });
    const { versionId, problem } = found;
    if (versionId !== undefined && problem === undefined) {
      await onUpload(uploadedFile(upload, { ...found, versionId }, s3));
    }
  }
  await s3.put(handled, "");
}

/** The file to log, or why there is none: it was renamed, or all its versions belong to other events. */
async function fileOf(
  upload: Upload,
  { s3, logBucket, checksumBytes }: ProcessingDependencies,
  delivery: number,
): Promise<LoggedFile | "renamed" | "repeated"> {
  // An upload that did not complete has no file: the stored part of it is not passed on.
  if (upload.outcome !== "completed") return { id: upload.id, verified: false };
  const claims = new Claims(s3, logBucket);
  const possible = await possibleVersions(upload, s3, claims);
  const version = await claims.claim("arrived", upload, possible, upload.id);
  if (version === undefined) {
    if (possible.length > 0) return "repeated";
    if (delivery < renameWaitDeliveries) throw new NotDecidedYet("S3 has no version of the file.");
    return { id: upload.id, problem: "gone", verified: false };
  }
  const id = versionDigest(upload, version.id);
  const isLogged = () => s3.head({ bucket: logBucket, key: rowKey(upload, { id }) });
  if (version.fate === "removed" && !(await isLogged())) {
    if (await claims.isRenamed(upload, version.id)) return "renamed";
    if (delivery < renameWaitDeliveries) {
      throw new NotDecidedYet("The file was removed, and no event of a rename has arrived.");
    }
  }
  const check = await verify(s3, upload, version.id, upload.bytes, checksumBytes);
  return { id, versionId: version.id, ...check };
}

/** The candidate versions of the event. For a rename, the version under the former name is marked as renamed. */
async function possibleVersions(
  upload: Upload,
  s3: S3Requests,
  claims: Claims,
): Promise<readonly Candidate[]> {
  const listed = await s3.versions(upload, earliest(upload));
  if (upload.renamedFrom === undefined) return uploadedVersions(listed, upload);
  const former = { bucket: upload.bucket, key: upload.renamedFrom };
  const pairs = renamedPairs(await s3.versions(former, earliest(upload)), listed, upload);
  const from = await claims.claim(
    "renamed",
    former,
    pairs.map((pair) => pair.from),
    upload.id,
  );
  // The version that the rename removed may have expired: then only the time is compared.
  if (from === undefined) return uploadedVersions(listed, upload);
  return pairs.filter((pair) => pair.from.id === from.id).map(({ to }) => to);
}

function uploadedFile(
  upload: Upload,
  { id, versionId, bytes = 0, etag, checksum }: LoggedFile & { readonly versionId: string },
  s3: S3Requests,
): UploadedFile {
  const { device, bucket, key, renamedFrom, address, started, ended } = upload;
  return {
    ...{ id, device, bucket, key, renamedFrom, bytes, address, started, ended, etag, checksum },
    version: versionId,
    async read() {
      const contents = await s3.read(upload, versionId);
      if (contents === undefined) throw new Error(`S3 no longer has this version of ${key}.`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of contents) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

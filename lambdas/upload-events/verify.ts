import { agrees } from "./checksum";
import type { Head, S3 } from "./s3";
import type { Upload } from "./transfer-event";

/**
 * What is wrong with a file whose upload completed. `empty`: it has no byte. `size`: other bytes than Transfer
 * counted. `checksum`: what is read is not what S3 took in. `replaced`: another upload has the name by now.
 * `gone`: it was deleted or renamed.
 */
export type Problem = "empty" | "size" | "checksum" | "replaced" | "gone";

export interface Check {
  readonly problem?: Problem;
  /** The contents were read and have S3's checksum. */
  readonly verified: boolean;
  readonly etag?: string;
  readonly version?: string;
  /** S3's, as `algorithm:base64`. */
  readonly checksum?: string;
}

/** Checks the object of a completed upload. Rejects with S3Failure when S3 does not answer, or not to this role. */
export async function verify(s3: S3, upload: Upload, mostBytes: number): Promise<Check> {
  const head = await s3.head(upload);
  if (head === undefined) return { problem: "gone", verified: false };
  // Events come late and out of order: the object may be that of a later upload.
  if (upload.etag !== undefined && head.etag !== upload.etag) {
    return { problem: "replaced", verified: false };
  }
  const { etag, version } = head;
  const checksum = head.checksum && `${head.checksum.algorithm}:${head.checksum.value}`;
  const found = { etag, version, checksum };
  if (head.bytes !== upload.bytes) return { problem: "size", verified: false, ...found };
  if (head.bytes === 0) return { problem: "empty", verified: false, ...found };
  if (head.checksum === undefined || head.bytes > mostBytes) return { verified: false, ...found };
  return { ...(await compare(s3, upload, head)), ...found };
}

async function compare(s3: S3, upload: Upload, { etag, checksum }: Head): Promise<Check> {
  const contents = await s3.read(upload, etag);
  if (contents === undefined) return { problem: "replaced", verified: false };
  const fine = await agrees(contents, checksum!);
  return fine ? { verified: true } : { problem: "checksum", verified: false };
}

import { agrees } from "./checksum";
import type { Head, ObjectLocation, S3Requests } from "./s3";

/**
 * A problem of a file whose upload completed. `empty`: it has no bytes. `size`: Transfer Family reported another number
 * of bytes. `checksum`: the contents differ from those that S3 received. `gone`: S3 no longer has a version of it.
 */
export type Problem = "empty" | "size" | "checksum" | "gone";

export interface Check {
  readonly problem?: Problem;
  /** The contents were read and match S3's checksum. */
  readonly verified: boolean;
  readonly bytes?: number;
  readonly etag?: string;
  /** S3's, as `algorithm:base64`. */
  readonly checksum?: string;
}

/**
 * Checks a version of an object. Rejects with S3Failure when S3 does not answer, or denies the request.
 *
 * @param bytes - The size in Transfer Family's event; undefined when the event has no size.
 * @param maxBytes - The contents of larger files are not read.
 */
export async function verify(
  s3: S3Requests,
  object: ObjectLocation,
  versionId: string,
  bytes: number | undefined,
  maxBytes: number,
): Promise<Check> {
  const head = await s3.head(object, versionId);
  if (head === undefined) return { problem: "gone", verified: false };
  const checksum = head.checksum && `${head.checksum.algorithm}:${head.checksum.value}`;
  const found = { bytes: head.bytes, etag: head.etag, checksum };
  if (bytes !== undefined && head.bytes !== bytes) {
    return { problem: "size", verified: false, ...found };
  }
  if (head.bytes === 0) return { problem: "empty", verified: false, ...found };
  if (head.checksum === undefined || head.bytes > maxBytes) return { verified: false, ...found };
  return { ...found, ...(await compare(s3, object, versionId, head)) };
}

async function compare(
  s3: S3Requests,
  object: ObjectLocation,
  versionId: string,
  { checksum }: Head,
): Promise<Check> {
  const contents = await s3.read(object, versionId);
  if (contents === undefined) return { problem: "gone", verified: false };
  const isFine = await agrees(contents, checksum!);
  return isFine ? { verified: true } : { problem: "checksum", verified: false };
}

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

import { Crc64Nvme } from "./crc64nvme";

/** S3's checksum of a whole object. */
export interface Checksum {
  /** As S3's header names it, for example `crc64nvme`. */
  readonly algorithm: string;
  /** Base64. */
  readonly value: string;
}

interface Sum {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

class Crc32 {
  private value = 0;

  update(bytes: Uint8Array): void {
    this.value = crc32(bytes, this.value);
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeUInt32BE(this.value);
    return result;
  }
}

/** In order of preference when S3 returns several. crc32c, the fifth algorithm of S3, is not available in Node. */
const sums: Record<string, () => Sum> = {
  crc64nvme: () => new Crc64Nvme(),
  sha256: () => createHash("sha256"),
  crc32: () => new Crc32(),
  sha1: () => createHash("sha1"),
};

/**
 * The checksum in the headers of a response; undefined when there is none of the whole object that can be computed.
 * For an object uploaded in parts, S3 may have only a checksum of the parts' checksums.
 */
export function checksumIn(headers: Pick<Headers, "get">): Checksum | undefined {
  if (headers.get("x-amz-checksum-type") === "COMPOSITE") return undefined;
  for (const algorithm of Object.keys(sums)) {
    const value = headers.get(`x-amz-checksum-${algorithm}`);
    if (value && !value.includes("-")) return { algorithm, value };
  }
  return undefined;
}

/** Whether the contents have the checksum. */
export async function agrees(
  contents: AsyncIterable<Uint8Array>,
  { algorithm, value }: Checksum,
): Promise<boolean> {
  const sum = sums[algorithm]();
  for await (const chunk of contents) sum.update(chunk);
  return sum.digest().toString("base64") === value;
}

import { FileRefusal } from "../ftp/service";

/** Maximum bytes of an S3 key in UTF-8 (Amazon S3 user guide, "Naming Amazon S3 objects"). */
const longestKey = 1024;

/** Characters that Windows reserves in file names, and its reserved device names. */
const windowsReserved = /[<>:"|?*\\\u0001-\u001f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The parts of a key as names of folders and of one file: joined below a folder they cannot lead out of it. The final
 * "/" of a folder's key is not a part. Throws a FileRefusal "invalid-name" for a key that is valid in S3 but not as a
 * path on the disk.
 */
export function keyParts(key: string, platform: NodeJS.Platform = process.platform): string[] {
  if (Buffer.byteLength(key) > longestKey) {
    throw invalid(key, `a key has at most ${longestKey} bytes`);
  }
  if (key === "") {
    return [];
  }
  const parts = (key.endsWith("/") ? key.slice(0, -1) : key).split("/");
  for (const part of parts) {
    if (part === "" || part === "." || part === "..") {
      throw invalid(key, `a file name cannot be "${part}"`);
    }
    if (part.includes("\0")) {
      throw invalid(key, "a file name cannot hold a NUL character");
    }
    if (platform === "win32" && windowsReserved.test(part)) {
      throw invalid(key, "Windows cannot hold this file name");
    }
  }
  return parts;
}

function invalid(key: string, why: string): FileRefusal {
  return new FileRefusal(
    "invalid-name",
    `${JSON.stringify(key)} cannot be stored on disk: ${why}.`,
  );
}

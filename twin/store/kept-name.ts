import { errorCode } from "./disk-error";

/** Maximum bytes of a file name on common file systems (ext4, APFS, NTFS). */
const longestName = 255;

/**
 * Takes a free name for a file that is kept in addition to the current one: its name with the time, and also with a
 * count where another file of the same millisecond has that.
 *
 * @param take - Creates a file of this name. Rejects with EEXIST where there is one.
 * @returns The name that was free.
 */
export async function takeKeptName(
  name: string,
  take: (free: string) => Promise<void>,
): Promise<string> {
  const time = new Date().toISOString().replace(/[-:]/g, "");
  for (let attempt = 1; ; attempt++) {
    const suffix = attempt === 1 ? `.${time}` : `.${time}-${attempt}`;
    const free = shorten(name, longestName - suffix.length) + suffix;
    try {
      await take(free);
      return free;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

function shorten(name: string, bytes: number): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join("")) > bytes) {
    characters.pop();
  }
  return characters.join("");
}

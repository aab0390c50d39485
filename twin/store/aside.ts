/** Bytes a file name may have on the usual disks (ext4, APFS, NTFS allow no more). */
const longestName = 255;

/**
 * Names under which a file is kept aside: its own and the time, then with a count, so that a caller who takes
 * the first free one meets no file of the same millisecond.
 */
export function* asideNames(name: string): Generator<string, void> {
  const time = new Date().toISOString().replace(/[-:]/g, "");
  for (let attempt = 1; ; attempt++) {
    const suffix = attempt === 1 ? `.${time}` : `.${time}-${attempt}`;
    yield shorten(name, longestName - suffix.length) + suffix;
  }
}

function shorten(name: string, bytes: number): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join("")) > bytes) {
    characters.pop();
  }
  return characters.join("");
}

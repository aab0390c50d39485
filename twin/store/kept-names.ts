/** Maximum bytes of a file name on common file systems (ext4, APFS, NTFS). */
const longestName = 255;

/**
 * Names for a file that is kept in addition to the current one: its name with the time, then also with a count, so that
 * the first free name differs from those of the same millisecond.
 */
export function* keptNames(name: string): Generator<string, void> {
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

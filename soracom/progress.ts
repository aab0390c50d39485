import type { Clock } from "./clock";

/** Bytes of progress that are printed line by line. */
const fullBytes = 16 * 1024;

/** Maximum bytes of progress; the output of a failure is in addition. */
const maxBytes = 30 * 1024;

/** Beyond `fullBytes`, milliseconds between two printed lines. */
const intervalMs = 60_000;

/**
 * Progress of bounded size. Pulumi stores the output of a Command in its state, and passes it to the next run in an
 * environment variable, which Linux limits to 128 KiB: beyond that, neither update nor delete can be started.
 * After about two hundred lines, only one line a minute is printed, with the number of omitted lines.
 */
export function boundedProgress(
  print: (line: string) => void,
  clock: Clock,
): (line: string) => void {
  let bytes = 0;
  let omitted = 0;
  let last = clock.now();
  return (line) => {
    const now = clock.now();
    const isDue = bytes < fullBytes || now - last >= intervalMs;
    const text = omitted > 0 ? `${line} (${omitted} lines before it are not shown)` : line;
    const size = Buffer.byteLength(text) + 1;
    if (!isDue || bytes + size > maxBytes) {
      omitted++;
      return;
    }
    print(text);
    bytes += size;
    omitted = 0;
    last = now;
  };
}

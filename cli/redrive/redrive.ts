import { deadLetters, redrive, type DeadLetter } from "../../twin/queue/redrive";
import type { CliContext } from "../core/context";

export interface RedriveOptions {
  /** Only list. */
  readonly list?: boolean;
  readonly json?: boolean;
}

/**
 * Prints the dead letters of a twin and moves them back to their queues.
 *
 * @param data - The twin's data folder.
 */
export function redriveUploads(
  data: string,
  { list, json }: RedriveOptions,
  { out }: CliContext,
): void {
  const found = deadLetters(data);
  const moved = list ? 0 : redrive(data);
  const lines = json
    ? [JSON.stringify({ deadLetters: found, moved })]
    : describe(found, list, data);
  out(lines.map((line) => `${line}\n`).join(""));
}

/** Control characters in names of devices' files must not reach the terminal. */
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "?");

function describe(found: readonly DeadLetter[], list: boolean | undefined, data: string): string[] {
  if (found.length === 0) return ["The dead-letter queue is empty."];
  const lines = found.map(
    ({ sent, receives, device = "?", path = "?" }) =>
      `${sent}  ${receives} attempts  ${printable(device)}  ${printable(path)}`,
  );
  const last = list
    ? `${data}/logs/upload-events.log has the causes. Without --list, the command retries them.`
    : `${found.length} moved back to the queue; they are processed now, or when the twin starts.`;
  return [...lines, last];
}

/**
 * Transfer Family's events of a file that has arrived, checked and typed: an upload, or the rename that gives an
 * upload its final name (AWS Transfer Family user guide, "events detail reference").
 */
import { createHash } from "node:crypto";

/** `partial`: the device's connection ended before the file did. `failed`: anything else. */
export type Outcome = "completed" | "partial" | "failed";

/** An upload or a rename, as its event describes it. */
export interface Upload {
  /** Identical for every delivery of the event, unlike EventBridge's own id: 32 hexadecimal digits. */
  readonly id: string;
  readonly device: string;
  readonly bucket: string;
  readonly key: string;
  /** The previous key of a renamed file. */
  readonly renamedFrom?: string;
  readonly outcome: Outcome;
  /** Transfer Family's message for an upload that did not complete. */
  readonly failure?: string;
  /** Undefined for a rename: its event has no size. */
  readonly bytes?: number;
  /** Undefined for a rename. */
  readonly etag?: string;
  readonly address?: string;
  readonly session?: string;
  readonly server?: string;
  readonly started: Date;
  readonly ended: Date;
}

/** An event of another kind or form; the message names what is missing. It contains no contents of files. */
export class BadEvent extends Error {
  override readonly name = "BadEvent";
}

/**
 * Reads the text of an event. The outcome is taken from the detail: the names of the events have changed between
 * editions of the documentation (`FTP Server File Upload …`, before `FTP File Server Upload …`).
 *
 * @throws BadEvent
 */
export function readUpload(text: string): Upload {
  const event = objectIn(text);
  const detail = (event.detail ?? {}) as Record<string, unknown>;
  const field = (name: string) => textOf(detail[name]);
  const [, kind] = /\b(Upload|Rename)\b/.exec(textOf(event["detail-type"]) ?? "") ?? [];
  if (event.source !== "aws.transfer" || kind === undefined) {
    throw new BadEvent("It is not an event of an upload to Transfer Family, or of a rename.");
  }
  const isRename = kind === "Rename";
  const device = field("username");
  const path = field(isRename ? "renamed-file-path" : "file-path");
  const [bucket, key] = locationOf(path);
  if (device === undefined || bucket === undefined || key === undefined) {
    throw new BadEvent("It has no username, or no path of the form /bucket/key.");
  }
  const original = isRename ? field("original-file-path") : undefined;
  const [sourceBucket, renamedFrom] = locationOf(original);
  if (isRename && sourceBucket !== bucket) {
    throw new BadEvent("Its original-file-path is not in the bucket of its renamed-file-path.");
  }
  const time = dateOf(event.time);
  const ended = dateOf(detail["end-timestamp"]) ?? time;
  const started = dateOf(detail["start-timestamp"]) ?? ended;
  if (ended === undefined || started === undefined) throw new BadEvent("It has no time.");

  const outcome = outcomeOf(field("status-code"), field("failure-code"));
  if (isRename && outcome !== "completed")
    throw new BadEvent("It is the event of a failed rename.");
  const [server, session] = [field("server-id"), field("session-id")];
  // The unparsed text: two renames of one session can differ by nanoseconds.
  const start = field("start-timestamp") ?? started.toISOString();
  return {
    id: digest([server, session, device, path, original, start, outcome]),
    device,
    bucket,
    key,
    renamedFrom,
    outcome,
    failure: outcome === "completed" ? undefined : failureOf(detail),
    bytes: isRename ? undefined : Number(detail.bytes ?? 0) || 0,
    etag: field("etag")?.replaceAll('"', ""),
    address: field("client-ip"),
    session,
    server,
    started,
    ended,
  };
}

/** An id in the log: 32 hexadecimal digits, identical for identical parts. */
export function digest(parts: readonly (string | undefined)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Bucket and key of a path; both undefined for any other text. */
function locationOf(path: string | undefined): readonly [bucket?: string, key?: string] {
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/s.exec(path ?? "") ?? [];
  return [bucket, key];
}

function outcomeOf(status: string | undefined, failure: string | undefined): Outcome {
  if (status === "COMPLETED") return "completed";
  if (status !== "FAILED") throw new BadEvent(`Its status-code is ${JSON.stringify(status)}.`);
  return failure === "PARTIAL_UPLOAD" ? "partial" : "failed";
}

function failureOf(detail: Record<string, unknown>): string {
  const texts = [detail["failure-code"], detail["failure-message"]].map(textOf);
  return texts.filter((text) => text !== undefined).join(": ");
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: the parser's message would quote the text.
  }
  throw new BadEvent("It is not a JSON object.");
}

/** Undefined for a missing or empty value. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = new Date(textOf(value) ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

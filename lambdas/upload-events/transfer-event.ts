/** Transfer Family's event of an upload, checked and typed (AWS Transfer Family user guide, "events detail reference"). */
import { createHash } from "node:crypto";

/** `partial`: the device's connection ended before the file did. `failed`: anything else. */
export type Outcome = "completed" | "partial" | "failed";

/** What an event says of an upload. */
export interface Upload {
  /** The same for every delivery of the event, whatever EventBridge's own id: 32 hexadecimal digits. */
  readonly id: string;
  readonly device: string;
  readonly bucket: string;
  readonly key: string;
  readonly outcome: Outcome;
  /** Transfer's own words for what went wrong. */
  readonly failure?: string;
  readonly bytes: number;
  readonly etag?: string;
  readonly address?: string;
  readonly session?: string;
  readonly server?: string;
  readonly started: Date;
  readonly ended: Date;
}

/** An event that is none of an upload; the message says what of it. It holds no contents of files. */
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
  const [device, path] = [field("username"), field("file-path")];
  if (event.source !== "aws.transfer" || !/\bUpload\b/.test(textOf(event["detail-type"]) ?? "")) {
    throw new BadEvent("It is no event of an upload to Transfer Family.");
  }
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/s.exec(path ?? "") ?? [];
  if (device === undefined || bucket === undefined) {
    throw new BadEvent("It has no username, or no file-path of the form /bucket/key.");
  }
  const time = dateOf(event.time);
  const ended = dateOf(detail["end-timestamp"]) ?? time;
  const started = dateOf(detail["start-timestamp"]) ?? ended;
  if (ended === undefined || started === undefined) throw new BadEvent("It has no time.");

  const outcome = outcomeOf(field("status-code"), field("failure-code"));
  const [server, session] = [field("server-id"), field("session-id")];
  return {
    id: digest([server, session, device, path, started.toISOString(), outcome]),
    device,
    bucket,
    key,
    outcome,
    failure: outcome === "completed" ? undefined : failureOf(detail),
    bytes: Number(detail.bytes ?? 0) || 0,
    etag: field("etag")?.replaceAll('"', ""),
    address: field("client-ip"),
    session,
    server,
    started,
    ended,
  };
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
    // Falls through: what the parser says would quote the text.
  }
  throw new BadEvent("It is no JSON object.");
}

/** Undefined for what is missing or empty. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = new Date(textOf(value) ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function digest(parts: readonly (string | undefined)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

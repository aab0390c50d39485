/** The log of uploads: one object of one line of JSON for each upload, in folders by the day of its arrival. */
import type { Upload } from "./transfer-event";
import type { Check } from "./verify";

/** Columns of the table, by name, with their types in the Glue catalogue. */
export const rowColumns = {
  id: "string",
  /** User who logged in. */
  device: "string",
  bucket: "string",
  key: "string",
  /** `completed`, `partial` or `failed`. */
  outcome: "string",
  /** Transfer's words, of an upload that did not complete. */
  failure: "string",
  /** What is wrong with a completed one: `empty`, `size`, `checksum`, `replaced` or `gone`. */
  problem: "string",
  /** Whether the contents were read and agree with S3's checksum. */
  verified: "boolean",
  bytes: "bigint",
  etag: "string",
  version: "string",
  checksum: "string",
  /** Address the server saw. */
  address: "string",
  session: "string",
  server: "string",
  /** Times as texts, ISO 8601 in UTC: `from_iso8601_timestamp` reads them. */
  started: "string",
  ended: "string",
  /** When the row was written. */
  logged: "string",
} as const;

/** What the rows lie under in the log's bucket. */
export const rowPrefix = "uploads";

/** Prefix of the marks of finished uploads: apart from the rows, so that no query reads them. */
export const handledPrefix = "handled";

/** The partition column: the day of arrival in UTC by the server's clock, since devices' clocks lie. */
export const partitionColumn = "dt";

export type Row = {
  readonly [column in keyof typeof rowColumns]: string | number | boolean | null;
};

export function rowOf(upload: Upload, check: Check | undefined, logged: Date): Row {
  const { id, device, bucket, key, outcome, bytes, started, ended } = upload;
  return {
    id,
    device,
    bucket,
    key,
    outcome,
    failure: upload.failure ?? null,
    problem: check?.problem ?? null,
    verified: check?.verified ?? false,
    bytes,
    etag: upload.etag ?? null,
    version: check?.version ?? null,
    checksum: check?.checksum ?? null,
    address: upload.address ?? null,
    session: upload.session ?? null,
    server: upload.server ?? null,
    started: started.toISOString(),
    ended: ended.toISOString(),
    logged: logged.toISOString(),
  };
}

/** Where an upload's row is: the same for every delivery of its event, on whatever day that comes. */
export function rowKey(upload: Upload): string {
  return `${rowPrefix}/${dayOf(upload)}/${upload.id}.json`;
}

/** Where it is marked that an upload is done with, your own function included. */
export function handledKey(upload: Upload): string {
  return `${handledPrefix}/${dayOf(upload)}/${upload.id}`;
}

function dayOf({ ended }: Upload): string {
  return `${partitionColumn}=${ended.toISOString().slice(0, 10)}`;
}

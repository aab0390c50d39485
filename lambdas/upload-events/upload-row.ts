/** The log of uploads: an object with one line of JSON for each file, in folders by the day of arrival. */
import type { Upload } from "./transfer-event";
import type { Check } from "./verify";

/** Columns of the table, by name, with their types in the Glue catalogue. */
export const rowColumns = {
  /** Of the version, or of the event if there is no version. */
  id: "string",
  /** User who logged in. */
  device: "string",
  bucket: "string",
  key: "string",
  /** Key under which the device stored the file before it renamed it. */
  renamed_from: "string",
  /** `completed`, `partial` or `failed`. */
  outcome: "string",
  /** Transfer Family's message for an upload that did not complete. */
  failure: "string",
  /** The problem of a completed upload: `empty`, `size`, `checksum` or `gone`. */
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

/** Prefix of the rows in the log's bucket. */
export const rowPrefix = "uploads";

/** Prefix of the records of events: separate from the rows, so that no query reads them. */
export const handledPrefix = "handled";

/** Prefix of the results of queries, which expire after a day. */
export const queryPrefix = "queries";

/** The partition column: the day of arrival in UTC by the server's clock, since devices' clocks are unreliable. */
export const partitionColumn = "dt";

export type Row = {
  readonly [column in keyof typeof rowColumns]: string | number | boolean | null;
};

/** A file to log. */
export interface LoggedFile extends Check {
  /** The same for every delivery of the event. */
  readonly id: string;
  /** Undefined where no version of an object belongs to the event. */
  readonly versionId?: string;
}

export function rowOf(upload: Upload, file: LoggedFile, logged: Date): Row {
  const { device, bucket, key, outcome, started, ended } = upload;
  return {
    id: file.id,
    device,
    bucket,
    key,
    renamed_from: upload.renamedFrom ?? null,
    outcome,
    failure: upload.failure ?? null,
    problem: file.problem ?? null,
    verified: file.verified,
    bytes: upload.bytes ?? file.bytes ?? 0,
    etag: file.etag ?? upload.etag ?? null,
    version: file.versionId ?? null,
    checksum: file.checksum ?? null,
    address: upload.address ?? null,
    session: upload.session ?? null,
    server: upload.server ?? null,
    started: started.toISOString(),
    ended: ended.toISOString(),
    logged: logged.toISOString(),
  };
}

/** The key of a file's row: the same for every delivery of its event, also on another day. */
export function rowKey(upload: Upload, { id }: Pick<LoggedFile, "id">): string {
  return `${rowPrefix}/${dayOf(upload)}/${id}.json`;
}

/** The key of the mark that an event is done, including the call of the user's function. */
export function handledKey(upload: Upload): string {
  return `${handledPrefix}/${dayOf(upload)}/${upload.id}`;
}

function dayOf({ ended }: Upload): string {
  return `${partitionColumn}=${ended.toISOString().slice(0, 10)}`;
}

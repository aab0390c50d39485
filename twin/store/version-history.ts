import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

import type { ObjectVersion } from "./object-store";

/** A record of an object's version: one line of JSON. */
export interface ObjectRecord {
  readonly action: "put" | "delete" | "rename";
  readonly key: string;
  readonly bytes?: number;
  readonly etag?: string;
  /** User metadata of the object, names without "x-amz-meta-". */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Of a rename. */
  readonly newKey?: string;
  /** The version that this one replaced, as a path below the folder of versions. */
  readonly previous?: string;
}

/** A version with the path of its contents. */
export interface KeptVersion extends ObjectVersion {
  /** Path below the folder of versions; undefined for the version in the bucket's folder. */
  path?: string;
}

type LoggedRecord = ObjectRecord & { readonly time: string };

/** The versions and delete markers of a bucket, from its log of records, which is read as it grows. */
export class VersionHistory {
  /** By key, the newest first. */
  private readonly versions = new Map<string, KeptVersion[]>();
  private readBytes = 0;
  private lines = 0;

  /** @param file - One line of JSON for each record. */
  constructor(private readonly file: string) {}

  /** The versions of one key, the newest first. */
  of(key: string): readonly KeptVersion[] {
    this.readOn();
    return this.versions.get(key) ?? [];
  }

  /** The keys under a prefix that have versions, in order. */
  keys(prefix: string): string[] {
    this.readOn();
    return [...this.versions.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  private readOn(): void {
    if (!existsSync(this.file)) return;
    const text = readFileSync(this.file);
    // The log was removed or truncated, and started again.
    if (text.length < this.readBytes) this.readBytes = 0;
    // The last line may be incomplete.
    const end = text.lastIndexOf("\n") + 1;
    const lines = text.subarray(this.readBytes, end).toString().split("\n").slice(0, -1);
    this.readBytes = end;
    for (const line of lines) {
      const record = recordOf(line);
      if (record !== undefined) this.apply(record, this.lines++);
    }
  }

  private apply(record: LoggedRecord, line: number): void {
    const { action, key, newKey, previous } = record;
    const before = this.versions.get(key)?.[0];
    if (before && !before.isMarker) before.path ??= previous;
    if (action === "put") return this.add(key, record, line, false);
    this.add(key, record, line, true);
    if (newKey !== undefined) this.add(newKey, record, line, false);
  }

  private add(key: string, { time, etag, bytes }: LoggedRecord, line: number, isMarker: boolean) {
    const id = createHash("sha256").update(`${line} ${time} ${key}`).digest("hex").slice(0, 32);
    const version = {
      ...{ key, id, modified: new Date(time), isMarker },
      ...{ etag: isMarker ? "" : (etag ?? ""), size: isMarker ? 0 : (bytes ?? 0) },
    };
    this.versions.set(key, [version, ...(this.versions.get(key) ?? [])]);
  }
}

/** The record of a line; undefined for a line that is incomplete because of a full disk. */
function recordOf(line: string): LoggedRecord | undefined {
  try {
    return JSON.parse(line) as LoggedRecord;
  } catch {
    return undefined;
  }
}

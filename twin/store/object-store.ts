/**
 * The twin's stand-in for an S3 bucket: keys and bytes, no users, no permissions. Keys are S3 keys
 * ("users/camera01/a.jpg"); a folder is a prefix that ends in "/" ("users/camera01/").
 */
import type { Download, Upload } from "../ftp/service";

export interface ObjectInfo {
  readonly key: string;
  /** Bytes; 0 for a folder. */
  readonly size: number;
  readonly modified: Date;
  /** Of an object, from `head` only: changes with the object, and is no checksum. */
  readonly etag?: string;
}

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` for an object of a bucket without versions. */
  readonly id: string;
  readonly modified: Date;
  readonly isMarker: boolean;
  /** Empty for a delete marker. */
  readonly etag: string;
  /** Bytes; 0 for a delete marker. */
  readonly size: number;
}

export type Metadata = Readonly<Record<string, string>>;

export interface ObjectStore {
  /** An object, or a folder when the key ends in "/"; undefined when there is none. */
  head(key: string): Promise<ObjectInfo | undefined>;
  /**
   * The entries directly below a prefix ("" or ending in "/"): folders (keys ending in "/") first, then objects,
   * each in code-unit order.
   */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** Rejects with FileRefusal "not-found". */
  read(key: string): Promise<Download>;
  /** The versions of the objects under a prefix, ordered by key, the newest of each key first. */
  versions(prefix: string): Promise<readonly ObjectVersion[]>;
  /** Rejects with FileRefusal "not-found". */
  readVersion(key: string, id: string): Promise<Download>;
  /**
   * The complete object exists when `commit` has resolved. Missing folders above it are created.
   *
   * @param metadata the object's user metadata, names without "x-amz-meta-"
   */
  write(key: string, metadata?: Metadata): Promise<Upload>;
  delete(key: string): Promise<void>;
  /** A zero-byte object whose key ends in "/". */
  makeFolder(key: string): Promise<void>;
  /** Rejects with FileRefusal "not-empty". */
  removeFolder(key: string): Promise<void>;
  /** Rejects with FileRefusal "exists" when the new key exists. */
  rename(from: string, to: string): Promise<void>;
}

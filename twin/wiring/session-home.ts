import { locate, type MappedPath, type Mapping } from "../../lib/home-mappings";
import { Download, Entry, FileRefusal, Home, Upload } from "../ftp/service";
import type { Metadata, ObjectInfo, ObjectStore } from "../store/object-store";
import type { ObjectTags, Tags } from "../store/object-tags";
import type { SessionAccess, SessionOperation } from "./session-access";

/**
 * The files of a logged-in user: maps paths to keys by the login's mappings, and authorizes every operation before it
 * is done in the bucket.
 */
export class SessionHome implements Home {
  constructor(
    private readonly mappings: readonly Mapping[],
    private readonly access: SessionAccess,
    private readonly bucketNamed: (name: string) => ObjectStore | undefined,
    /**
     * Whether a home exists without a folder object: only on a server that optimizes directory listings (API
     * reference, S3StorageOptions).
     */
    private readonly homesAreImplied = true,
    /** Metadata of every object. */
    private readonly metadata?: Metadata,
    private readonly tagsNamed?: (name: string) => ObjectTags,
  ) {}

  async stat(path: string): Promise<Entry | undefined> {
    const location = locate(this.mappings, path);
    const name = path.slice(path.lastIndexOf("/") + 1) || "/";
    if (location.kind === "virtual") return folder(name);
    if (location.kind === "nowhere") return undefined;
    const { store, key } = this.open(location);
    const file = key === "" ? undefined : await store.head(key);
    if (file) {
      this.access.require({ operation: "stat", bucket: location.bucket, key });
      return { name, type: "file", size: file.size, modified: file.modified };
    }
    const found = (await store.head(asFolder(key))) ?? this.impliedHome(path, name, key);
    if (!found) return undefined;
    this.access.require({ operation: "stat", bucket: location.bucket, key: asFolder(key) });
    return { ...folder(name), modified: found.modified };
  }

  async *list(path: string): AsyncIterable<Entry> {
    const location = locate(this.mappings, path);
    if (location.kind === "virtual") {
      for (const name of location.names) yield folder(name);
      return;
    }
    if (location.kind === "nowhere") throw new FileRefusal("not-found", `${path} does not exist`);
    const { store, key } = this.open(location);
    this.access.require({ operation: "list", bucket: location.bucket, key: asFolder(key) });
    for await (const info of store.list(asFolder(key))) yield toEntry(info);
  }

  async read(path: string): Promise<Download> {
    const { store, key } = this.allowed("read", path);
    return store.read(key);
  }

  async write(path: string): Promise<Upload> {
    const { store, key } = this.allowed("write", path);
    return store.write(key, this.metadata);
  }

  async remove(path: string): Promise<void> {
    const { store, key } = this.allowed("remove", path);
    await store.delete(key);
  }

  async makeDirectory(path: string): Promise<void> {
    if (this.isEntry(path) || locate(this.mappings, path).kind === "virtual") {
      throw new FileRefusal("exists", `${path} already exists`);
    }
    const { store, key } = this.allowed("makeDirectory", path);
    if ((await this.stat(path)) !== undefined) {
      throw new FileRefusal("exists", `${path} already exists`);
    }
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    if ((await this.stat(parent))?.type !== "directory") {
      throw new FileRefusal("parent-missing", `there is no folder ${parent}`);
    }
    await store.makeFolder(asFolder(key));
  }

  async removeDirectory(path: string): Promise<void> {
    const { store, key } = this.allowed("removeDirectory", path);
    await store.removeFolder(asFolder(key));
  }

  async rename(from: string, to: string): Promise<void> {
    const source = this.inBucket(from);
    const target = this.inBucket(to);
    if (source.location.bucket !== target.location.bucket) {
      throw new FileRefusal("unsupported", `${from} and ${to} are in different buckets`);
    }
    const { bucket } = source.location;
    const tags = await this.tagsOf(bucket, source);
    this.access.require({
      ...{ operation: "rename", bucket, key: source.key, newKey: target.key },
      ...(Object.keys(tags).length > 0 && { isTagged: true }),
    });
    await source.store.rename(source.key, target.key);
    // The file is renamed, whether or not a failing disk keeps its tags.
    if (Object.keys(tags).length > 0)
      await this.putTags(bucket, target, tags).catch(() => undefined);
  }

  private async putTags(
    bucket: string,
    { store, key }: { readonly store: ObjectStore; readonly key: string },
    tags: Tags,
  ): Promise<void> {
    const etag = (await store.head(key))?.etag ?? "";
    await this.tagsNamed?.(bucket).put(key, etag, tags);
  }

  private async tagsOf(
    bucket: string,
    { store, key }: { readonly store: ObjectStore; readonly key: string },
  ): Promise<Tags> {
    if (this.tagsNamed === undefined) return {};
    const etag = (await store.head(key))?.etag;
    return etag === undefined ? {} : this.tagsNamed(bucket).get(key, etag);
  }

  locate(path: string): string {
    const location = locate(this.mappings, path);
    return location.kind === "key" ? `/${location.bucket}/${location.key}` : path;
  }

  private allowed(
    operation: Exclude<SessionOperation["operation"], "rename" | "list">,
    path: string,
  ) {
    const { location, store, key } = this.inBucket(path);
    this.access.require({ operation, bucket: location.bucket, key });
    return { store, key };
  }

  /** For operations on a path inside a mapping: the mapped folders themselves cannot be changed. */
  private inBucket(path: string) {
    const location = locate(this.mappings, path);
    if (location.kind !== "key" || this.isEntry(path)) {
      throw new FileRefusal("denied", `${path} is not inside a folder of the user`);
    }
    return { location, ...this.open(location) };
  }

  private open(location: Extract<MappedPath, { kind: "key" }>) {
    const store = this.bucketNamed(location.bucket);
    if (!store) throw new FileRefusal("denied", `there is no bucket ${location.bucket}`);
    return { store, key: location.key };
  }

  /** The home without a folder object. @throws FileRefusal where the server requires one */
  private impliedHome(path: string, name: string, key: string): Entry | undefined {
    if (!this.isEntry(path)) return undefined;
    if (this.homesAreImplied) return folder(name);
    throw new FileRefusal(
      "not-found",
      `the home exists only with an object ${asFolder(key)}: the server's s3StorageOptions do not optimize directory listings`,
    );
  }

  private isEntry(path: string): boolean {
    return this.mappings.some(({ entry }) => entry === path);
  }
}

function folder(name: string): Entry {
  return { name, type: "directory", size: 0, modified: new Date() };
}

/** A folder's key ends in "/"; the whole bucket's is "". */
function asFolder(key: string): string {
  return key === "" || key.endsWith("/") ? key : `${key}/`;
}

function toEntry({ key, size, modified }: ObjectInfo): Entry {
  const isFolder = key.endsWith("/");
  const path = isFolder ? key.slice(0, -1) : key;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { name, type: isFolder ? "directory" : "file", size, modified };
}

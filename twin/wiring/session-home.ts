import { Download, Entry, FileRefusal, Home, Upload } from "../ftp/service";
import type { Metadata, ObjectInfo, ObjectStore } from "../store/object-store";
import type { Access, FileOperationOn } from "./access";
import { locate, type MappedPath, type Mapping } from "../../lib/home-mappings";

/**
 * The files of a logged-in user: paths through the login's mappings to keys, every operation allowed by the
 * login's permissions first, then done in the bucket.
 */
export class SessionHome implements Home {
  constructor(
    private readonly mappings: readonly Mapping[],
    private readonly access: Access,
    private readonly bucketNamed: (name: string) => ObjectStore | undefined,
    /**
     * Whether a home is there without an object that says so: only on a server that optimizes directory listings
     * (API reference, S3StorageOptions).
     */
    private readonly homesAreImplied = true,
    /** What every object is marked with. */
    private readonly metadata?: Metadata,
  ) {}

  async stat(path: string): Promise<Entry | undefined> {
    const place = locate(this.mappings, path);
    const name = path.slice(path.lastIndexOf("/") + 1) || "/";
    if (place.kind === "virtual") return folder(name);
    if (place.kind === "nowhere") return undefined;
    const { store, key } = this.open(place);
    const file = key === "" ? undefined : await store.head(key);
    if (file) {
      this.access.require({ operation: "stat", bucket: place.bucket, key });
      return { name, type: "file", size: file.size, modified: file.modified };
    }
    const found = (await store.head(asFolder(key))) ?? this.impliedHome(path, name, key);
    if (!found) return undefined;
    this.access.require({ operation: "stat", bucket: place.bucket, key: asFolder(key) });
    return { ...folder(name), modified: found.modified };
  }

  async *list(path: string): AsyncIterable<Entry> {
    const place = locate(this.mappings, path);
    if (place.kind === "virtual") {
      for (const name of place.names) yield folder(name);
      return;
    }
    if (place.kind === "nowhere") throw new FileRefusal("not-found", `${path} is not there`);
    const { store, key } = this.open(place);
    this.access.require({ operation: "list", bucket: place.bucket, key: asFolder(key) });
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
    const { store, key } = this.allowed("makeDirectory", path);
    if ((await this.stat(path)) !== undefined) {
      throw new FileRefusal("exists", `${path} is already there`);
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
    if (source.place.bucket !== target.place.bucket) {
      throw new FileRefusal("unsupported", `${from} and ${to} are in different buckets`);
    }
    this.access.require({
      operation: "rename",
      bucket: source.place.bucket,
      key: source.key,
      newKey: target.key,
    });
    await source.store.rename(source.key, target.key);
  }

  locate(path: string): string {
    const place = locate(this.mappings, path);
    return place.kind === "key" ? `/${place.bucket}/${place.key}` : path;
  }

  private allowed(
    operation: Exclude<FileOperationOn["operation"], "rename" | "list">,
    path: string,
  ) {
    const { place, store, key } = this.inBucket(path);
    this.access.require({ operation, bucket: place.bucket, key });
    return { store, key };
  }

  /** For operations that need a name inside a mapping: the mapped folders themselves are not files. */
  private inBucket(path: string) {
    const place = locate(this.mappings, path);
    if (place.kind !== "key" || this.isEntry(path)) {
      throw new FileRefusal("denied", `${path} is not inside a folder of the user's`);
    }
    return { place, ...this.open(place) };
  }

  private open(place: Extract<MappedPath, { kind: "key" }>) {
    const store = this.bucketNamed(place.bucket);
    if (!store) throw new FileRefusal("denied", `there is no bucket ${place.bucket}`);
    return { store, key: place.key };
  }

  /** A home is there from the start, or it takes an object to be there. */
  private impliedHome(path: string, name: string, key: string): Entry | undefined {
    if (!this.isEntry(path)) return undefined;
    if (this.homesAreImplied) return folder(name);
    throw new FileRefusal(
      "not-found",
      `the home is there only once there is an object ${asFolder(key)}: the server's s3StorageOptions do not optimize directory listings`,
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

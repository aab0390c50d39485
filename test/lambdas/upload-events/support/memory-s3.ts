import { createHash, randomUUID } from "node:crypto";

import type { Head, ObjectLocation, S3Requests } from "../../../../lambdas/upload-events/s3";
import type { ObjectVersion } from "../../../../lambdas/upload-events/versions";

interface Stored extends ObjectVersion {
  readonly body: string;
}

/** S3 with versions in memory: time to the second, delete markers, no network. */
export class MemoryS3 implements S3Requests {
  /** By `bucket/key`, the newest first. */
  readonly objects = new Map<string, Stored[]>();

  /** @param clock - Epoch milliseconds of S3. */
  constructor(private readonly clock: () => number) {}

  write(location: ObjectLocation, body: string): string {
    const etag = createHash("md5").update(body).digest("hex");
    return this.add(location, { body, etag, isMarker: false });
  }

  /** A delete without a version: a marker. */
  remove(location: ObjectLocation): void {
    this.add(location, { body: "", etag: "", isMarker: true });
  }

  current(location: ObjectLocation): Stored | undefined {
    const [newest] = this.all(location);
    return newest?.isMarker ? undefined : newest;
  }

  head(location: ObjectLocation, versionId?: string): Promise<Head | undefined> {
    const found = this.find(location, versionId);
    return Promise.resolve(found && { bytes: Buffer.byteLength(found.body), etag: found.etag });
  }

  read(location: ObjectLocation, versionId?: string) {
    const found = this.find(location, versionId);
    return Promise.resolve(
      found &&
        (async function* () {
          yield Buffer.from(found.body);
          return Promise.resolve();
        })(),
    );
  }

  versions(location: ObjectLocation): Promise<ObjectVersion[]> {
    return Promise.resolve(
      this.all(location).map(({ id, modified, isMarker, etag, size }) => ({
        ...{ id, modified, isMarker, etag, size },
      })),
    );
  }

  put(location: ObjectLocation, body: string): Promise<void> {
    this.write(location, body);
    return Promise.resolve();
  }

  putNew(location: ObjectLocation, body: string): Promise<boolean> {
    const isNew = this.current(location) === undefined;
    if (isNew) this.write(location, body);
    return Promise.resolve(isNew);
  }

  private all({ bucket, key }: ObjectLocation): Stored[] {
    return this.objects.get(`${bucket}/${key}`) ?? [];
  }

  private find(location: ObjectLocation, versionId?: string): Stored | undefined {
    if (versionId === undefined) return this.current(location);
    return this.all(location).find(({ id, isMarker }) => id === versionId && !isMarker);
  }

  private add(location: ObjectLocation, stored: Omit<Stored, "id" | "modified" | "size">): string {
    const id = randomUUID();
    const modified = new Date(Math.floor(this.clock() / 1000) * 1000);
    const size = Buffer.byteLength(stored.body);
    const all = [{ ...stored, id, modified, size }, ...this.all(location)];
    this.objects.set(`${location.bucket}/${location.key}`, all);
    return id;
  }
}

/**
 * Assigns each version to one event, so that every one of several events in the same second has its own file. An
 * assignment is an object in the log's bucket: written only if it does not exist, and read by repeated deliveries.
 */
import type { ObjectLocation, S3Requests } from "./s3";
import { digest } from "./transfer-event";
import { handledPrefix } from "./upload-row";

/** `arrived`: the event's file. `renamed`: the version that a rename took away from its former name. */
export type ClaimKind = "arrived" | "renamed";

export class Claims {
  constructor(
    private readonly s3: S3Requests,
    private readonly logBucket: string,
  ) {}

  /**
   * The first of the versions that is assigned to no other event. It is then assigned to this event, also in repeated
   * deliveries.
   */
  async claim<T extends { readonly id: string }>(
    kind: ClaimKind,
    object: ObjectLocation,
    versions: readonly T[],
    eventId: string,
  ): Promise<T | undefined> {
    // The order can differ from an earlier delivery: an earlier assignment stays valid.
    const owned =
      versions.length > 1 ? await this.owned(kind, object, versions, eventId) : undefined;
    if (owned !== undefined) return owned;
    for (const version of versions) {
      const place = this.placeOf(kind, object, version.id);
      if (await this.s3.putNew(place, eventId)) return version;
      if ((await this.ownerOf(place)) === eventId) return version;
    }
    return undefined;
  }

  private async owned<T extends { readonly id: string }>(
    kind: ClaimKind,
    object: ObjectLocation,
    versions: readonly T[],
    eventId: string,
  ): Promise<T | undefined> {
    for (const version of versions) {
      if ((await this.ownerOf(this.placeOf(kind, object, version.id))) === eventId) return version;
    }
    return undefined;
  }

  /** Whether a rename has moved this version to another key. */
  async isRenamed(object: ObjectLocation, versionId: string): Promise<boolean> {
    return (await this.s3.head(this.placeOf("renamed", object, versionId))) !== undefined;
  }

  private async ownerOf(place: ObjectLocation): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await this.s3.read(place)) ?? []) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  private placeOf(kind: ClaimKind, object: ObjectLocation, versionId: string): ObjectLocation {
    const name = versionDigest(object, versionId);
    return { bucket: this.logBucket, key: `${handledPrefix}/${kind}/${name}` };
  }
}

/** Names a version of an object: the id of its row. */
export function versionDigest({ bucket, key }: ObjectLocation, versionId: string): string {
  return digest([bucket, key, versionId]);
}

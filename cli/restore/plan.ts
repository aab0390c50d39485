/** Plans the restore of each file from the versions that S3 lists. */

/** A version or a delete marker. */
export interface Version {
  readonly key: string;
  readonly id: string;
  /** Epoch milliseconds; S3 lists whole seconds. */
  readonly modified: number;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
  readonly etag: string;
  readonly size: number;
}

/** A version to copy to its key. */
export interface Step {
  readonly key: string;
  readonly versionId: string;
  readonly size: number;
  /** `deleted`: the key no longer exists. `overwritten`: another version is current. */
  readonly because: "deleted" | "overwritten";
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Files that are unchanged since the time. */
  readonly unchanged: number;
  /** Files that did not exist at the time: they stay. */
  readonly newer: number;
}

/**
 * Plans a restore to a time. A file whose version and delete marker have the same second counts as existing.
 *
 * @param at - Epoch milliseconds.
 */
export function planRestore(versions: readonly Version[], at: number): Plan {
  const byKey = new Map<string, Version[]>();
  for (const version of versions) {
    byKey.set(version.key, [...(byKey.get(version.key) ?? []), version]);
  }
  const steps: Step[] = [];
  let [unchanged, newer] = [0, 0];
  for (const [key, all] of byKey) {
    const current = all.find(({ isLatest, isMarker }) => isLatest && !isMarker);
    const then = newest(all.filter(({ modified }) => modified <= at));
    if (then === undefined || then.isMarker) {
      newer += current === undefined ? 0 : 1;
    } else if (current?.id === then.id || isSame(current, then)) {
      unchanged++;
    } else {
      const because = current === undefined ? "deleted" : "overwritten";
      steps.push({ key, versionId: then.id, size: then.size, because });
    }
  }
  return { steps: steps.sort((a, b) => (a.key < b.key ? -1 : 1)), unchanged, newer };
}

/** The latest first; of one second the one S3 names as latest, then a version before a marker. */
function newest(versions: readonly Version[]): Version | undefined {
  return [...versions].sort(
    (a, b) =>
      b.modified - a.modified ||
      Number(b.isLatest) - Number(a.isLatest) ||
      Number(a.isMarker) - Number(b.isMarker),
  )[0];
}

/** The ETag of a single-part object depends on its contents only; a multipart object is copied again. */
const isSame = (current: Version | undefined, then: Version) =>
  current?.etag === then.etag && current.size === then.size;

/** Finds the version of an object that belongs to an event. Events name keys, and a key can have many versions. */
import type { Upload } from "./transfer-event";

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  /** `null` in a bucket without versioning. */
  readonly id: string;
  /** In whole seconds, as S3 lists it. */
  readonly modified: Date;
  readonly isMarker: boolean;
  /** Without its quotation marks; empty for a delete marker. */
  readonly etag: string;
  /** Bytes; 0 for a delete marker. */
  readonly size: number;
}

/** A version that may belong to an event. */
export interface Candidate extends ObjectVersion {
  /** The next change: `removed` by a delete marker, `replaced` by another version. */
  readonly fate: (typeof fates)[number];
}

const fates = ["current", "replaced", "removed"] as const;

/** Milliseconds that the time of a version may be outside its event's duration. */
const clockTolerance = 10_000;

/** Differences below this many milliseconds are ignored: S3 lists whole seconds, and clocks differ slightly. */
const clockNoise = 2000;

/** The earliest time of a version of the event. */
export function earliest({ started }: Upload): Date {
  return new Date(started.getTime() - clockTolerance);
}

/**
 * The versions that can be the file of an upload, the most likely first: with its ETag, if it has one. Several versions
 * of the same second cannot be distinguished: existing ones come first, so that after a lost event no existing file is
 * missing from the log.
 *
 * @param listed - The versions and delete markers of its key, the newest first.
 */
export function uploadedVersions(listed: readonly ObjectVersion[], event: Upload): Candidate[] {
  return withFates(listed)
    .filter(({ etag, modified }) =>
      event.etag === undefined ? distance(modified, event) <= clockTolerance : etag === event.etag,
    )
    .sort(
      (a, b) =>
        distance(a.modified, event) - distance(b.modified, event) ||
        fates.indexOf(a.fate) - fates.indexOf(b.fate),
    );
}

/** A version that a rename may have removed, and the one that it may have created. */
export interface RenamedPair {
  readonly from: ObjectVersion;
  readonly to: Candidate;
}

/**
 * The possible results of a rename, the most likely first. Its event has no ETag, but a copy has the size and usually
 * the ETag of its original; of the same second, the oldest come first.
 *
 * @param former - The versions and delete markers of the former key, the newest first.
 * @param listed - Those of the new key.
 */
export function renamedPairs(
  former: readonly ObjectVersion[],
  listed: readonly ObjectVersion[],
  event: Upload,
): RenamedPair[] {
  const removed = former
    .filter((version, index) => !version.isMarker && former[index - 1]?.isMarker)
    .map((from) => ({ from, at: former[former.indexOf(from) - 1].modified }))
    .reverse();
  const made = withFates(listed);
  return removed
    .flatMap(({ from, at }) => made.map((to) => ({ from, to, at })))
    .filter(({ from, to }) => from.size === to.size)
    .map(({ from, to, at }) => ({
      ...{ from, to, distance: Math.max(distance(at, event), distance(to.modified, event)) },
    }))
    .filter((pair) => pair.distance <= clockTolerance)
    .sort((a, b) => sameEtag(b) - sameEtag(a) || a.distance - b.distance);
}

const sameEtag = ({ from, to }: RenamedPair) => Number(from.etag === to.etag);

/** Milliseconds between a time and the duration of an event; 0 within it and near it. */
function distance(time: Date, { started, ended }: Upload): number {
  const outside = Math.max(started.getTime() - time.getTime(), time.getTime() - ended.getTime());
  return Math.max(0, outside - clockNoise);
}

/** The oldest first, so that of several versions of one second the oldest comes first. */
function withFates(listed: readonly ObjectVersion[]): Candidate[] {
  return listed
    .map((version, index): Candidate => {
      const after = listed[index - 1];
      const fate = after === undefined ? "current" : after.isMarker ? "removed" : "replaced";
      return { ...version, fate };
    })
    .filter(({ isMarker }) => !isMarker)
    .reverse();
}

/** A page of ListObjectVersions, and the parameters of the next one if there is one. */
export interface VersionPage {
  readonly versions: readonly (ObjectVersion & { readonly key: string })[];
  readonly next?: { readonly "key-marker": string; readonly "version-id-marker": string };
}

/**
 * Reads a response of ListObjectVersions with `encoding-type=url`, in which no key needs XML escapes. An XML parser
 * (fast-xml-parser) is three times the size of the rest of the bundle, and by default loses the order of versions and
 * delete markers.
 */
export function readVersions(xml: string): VersionPage {
  const entries = [...xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)];
  const versions = entries.map(([, kind, entry]) => ({
    key: decoded(element(entry, "Key")),
    id: element(entry, "VersionId"),
    modified: new Date(element(entry, "LastModified")),
    isMarker: kind === "DeleteMarker",
    etag: element(entry, "ETag").replaceAll(/&quot;|&#34;|"/g, ""),
    size: Number(element(entry, "Size")),
  }));
  if (element(xml, "IsTruncated") !== "true") return { versions };
  const marker = element(xml, "NextVersionIdMarker");
  const next = {
    "key-marker": decoded(element(xml, "NextKeyMarker")),
    "version-id-marker": marker,
  };
  return { versions, next };
}

const element = (xml: string, name: string) =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";

/** S3 encodes a space as "+". */
const decoded = (text: string) => decodeURIComponent(text.replaceAll("+", " "));

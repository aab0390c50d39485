import type { AwsApi } from "../core/aws";
import type { Step, Version } from "./plan";

interface Entry {
  readonly Key: string;
  readonly VersionId: string;
  readonly IsLatest?: boolean;
  readonly LastModified: Date;
  readonly ETag?: string;
  readonly Size?: number;
}

interface Page {
  readonly Versions?: readonly Entry[];
  readonly DeleteMarkers?: readonly Entry[];
  readonly IsTruncated?: boolean;
  readonly NextKeyMarker?: string;
  readonly NextVersionIdMarker?: string;
  readonly EncodingType?: string;
}

/** All versions and delete markers under a prefix. */
export async function listVersions(
  aws: AwsApi,
  bucket: string,
  prefix: string,
): Promise<Version[]> {
  const found: Version[] = [];
  let markers = {};
  for (;;) {
    const page: Page = await aws.call<Page>("S3", "ListObjectVersions", {
      ...{ Bucket: bucket, Prefix: prefix, EncodingType: "url" },
      ...markers,
    });
    // A key can have characters that XML cannot hold; S3 encodes a space as "+".
    const decode = (key = "") =>
      page.EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key;
    const add = (entries: readonly Entry[] = [], isMarker: boolean) =>
      entries.forEach(({ Key, VersionId, IsLatest, LastModified, ETag = "", Size = 0 }) =>
        found.push({
          ...{ key: decode(Key), id: VersionId, modified: LastModified.getTime(), isMarker },
          ...{ isLatest: IsLatest === true, etag: ETag, size: Size },
        }),
      );
    add(page.Versions, false);
    add(page.DeleteMarkers, true);
    if (!page.IsTruncated) return found;
    markers = {
      KeyMarker: decode(page.NextKeyMarker),
      VersionIdMarker: page.NextVersionIdMarker,
    };
  }
}

/** Copies a version to its own key: it becomes the newest version, and no version is lost. */
export async function copyVersion(aws: AwsApi, bucket: string, step: Step): Promise<void> {
  const source = [bucket, ...step.key.split("/")].map(encodeURIComponent).join("/");
  await aws.call("S3", "CopyObject", {
    ...{ Bucket: bucket, Key: step.key },
    CopySource: `${source}?versionId=${encodeURIComponent(step.versionId)}`,
  });
}

import * as path from "node:path";

import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import { FolderStore } from "./folder-store";
import type { ObjectStore } from "./object-store";
import { ObjectTags } from "./object-tags";
import { S3Client, S3Endpoint } from "./s3-client";
import { S3Store } from "./s3-store";

/** The folder of a bucket. */
export function bucketFolder(data: string, bucket: string): string {
  return path.join(data, "buckets", bucket);
}

/** The tags of a bucket's objects. */
export function bucketTags(data: string, bucket: string): ObjectTags {
  return new ObjectTags(path.join(data, "tags", bucket));
}

/**
 * The buckets that a stack makes, each as a folder; or all of them in one bucket of an S3-compatible endpoint.
 * Versions are kept when the stack enables versioning.
 *
 * @param data - Folder of all data.
 * @param onFault - Called when a log of objects cannot be written.
 */
export async function openBuckets(
  { resources }: EvaluatedStack,
  data: string,
  onFault: (text: string) => void,
  remote?: S3Endpoint,
): Promise<Map<string, ObjectStore>> {
  const versioned = ofType(resources, "aws:s3/bucketVersioning:BucketVersioning")
    .filter(({ outputs }) => {
      const settings = outputs.versioningConfiguration as { status?: unknown } | undefined;
      return settings?.status === "Enabled";
    })
    .map(({ outputs }) => outputs.bucket);
  const buckets = new Map<string, ObjectStore>();
  for (const { id } of ofType(resources, "aws:s3/bucket:Bucket")) {
    const folder = (name: string) => path.join(data, name, id);
    const store = remote
      ? await S3Store.open(new S3Client(remote))
      : await FolderStore.open({
          root: bucketFolder(data, id),
          staging: folder("uploading"),
          partial: folder("partial"),
          versions: versioned.includes(id) ? folder("versions") : undefined,
          onFault,
        });
    buckets.set(id, store);
  }
  return buckets;
}

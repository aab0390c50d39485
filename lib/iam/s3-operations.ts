/**
 * The S3 and KMS requests that Transfer Family makes for each file operation, as what IAM is asked. Sources: AWS
 * Transfer Family User Guide, "Amazon S3 HeadObject behavior" and "Data encryption in Transfer Family"; Amazon S3 User
 * Guide, "Required permissions for Amazon S3 API operations" and "Uploading objects using multipart upload" (KMS).
 * AWS does not publish which requests a command makes; where the sources say nothing, the operation is taken to need
 * what the S3 API needs for it.
 *
 * Transfer Family relies on the bucket's default encryption and sends no x-amz-server-side-encryption header, so that
 * condition key is absent, and a bucket policy that insists on the header refuses uploads here as it does in AWS.
 */
import type { RequestContext } from "./request-context";

/** The customer-managed key of the bucket's default encryption. */
export interface BucketKey {
  readonly keyArn: string;
  /** With an S3 Bucket Key, KMS is asked for the bucket and not for each object. */
  readonly bucketKeyEnabled: boolean;
}

/** Where an operation works. A key ending in "/" is a folder, "" is the whole bucket. */
interface Target {
  readonly bucketArn: string;
  readonly key: string;
  /** Absent when the bucket is encrypted with keys that S3 manages. */
  readonly encryption?: BucketKey;
}

export type FileOperation = Target &
  (
    | {
        readonly operation:
          "stat" | "read" | "write" | "remove" | "makeDirectory" | "removeDirectory";
      }
    | {
        readonly operation: "list";
        /**
         * Keys of the zero-byte folder objects in the listing: Transfer Family reads the head of each. Leave them out
         * where the server optimizes directory listings.
         */
        readonly folderObjects?: readonly string[];
      }
    | { readonly operation: "rename"; readonly newKey: string }
  );

/** One question for authorize. */
export interface AccessCheck {
  readonly action: string;
  readonly on: "bucket" | "object" | "key";
  /** The ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** Everything that must be allowed for the operation; the first that is not is the one to report. */
export function accessChecks(file: FileOperation): AccessCheck[] {
  const { key } = file;
  switch (file.operation) {
    case "stat":
      // A file is looked at with HeadObject, which is s3:GetObject. A folder need not exist as an object, so it is
      // there when something is listed below it.
      return isFolder(key) ? [listing(file, key)] : [object(file, "s3:GetObject", key)];
    case "list":
      return [
        listing(file, key),
        ...(file.folderObjects ?? []).map((folder) => object(file, "s3:GetObject", folder)),
      ];
    case "read":
      return [object(file, "s3:GetObject", key), ...kms(file, key, ["kms:Decrypt"])];
    case "write":
      // The length is not known in advance, so a longer file is a multipart upload, whose parts S3 decrypts to
      // assemble them. A role without kms:Decrypt fails on the first such file; asking always finds it on any file.
      return [
        object(file, "s3:PutObject", key),
        ...kms(file, key, ["kms:GenerateDataKey", "kms:Decrypt"]),
      ];
    case "remove":
      // Without a version id this only sets a delete marker in a versioned bucket; s3:DeleteObjectVersion is not asked.
      return [object(file, "s3:DeleteObject", key)];
    case "makeDirectory":
      // One zero-byte object, in one part.
      return [
        object(file, "s3:PutObject", asFolder(key)),
        ...kms(file, asFolder(key), ["kms:GenerateDataKey"]),
      ];
    case "removeDirectory":
      // Only an empty folder may go, so it is listed before its folder object is deleted.
      return [listing(file, asFolder(key)), object(file, "s3:DeleteObject", asFolder(key))];
    case "rename":
      // S3 has no rename: the object is copied, which reads one and writes the other, and then deleted.
      return [
        object(file, "s3:GetObject", key),
        ...kms(file, key, ["kms:Decrypt"]),
        object(file, "s3:PutObject", file.newKey),
        ...kms(file, file.newKey, ["kms:GenerateDataKey"]),
        object(file, "s3:DeleteObject", key),
      ];
  }
}

// Transfer Family speaks to S3 over TLS, however the device spoke to Transfer Family.
const SECURE: RequestContext = { "aws:SecureTransport": "true" };

function isFolder(key: string): boolean {
  return key === "" || key.endsWith("/");
}

function asFolder(key: string): string {
  return isFolder(key) ? key : `${key}/`;
}

function object({ bucketArn }: Target, action: string, key: string): AccessCheck {
  return { action, on: "object", resource: `${bucketArn}/${key}`, context: SECURE };
}

function listing({ bucketArn }: Target, folder: string): AccessCheck {
  return {
    action: "s3:ListBucket",
    on: "bucket",
    resource: bucketArn,
    context: { ...SECURE, "s3:prefix": asFolder(folder), "s3:delimiter": "/" },
  };
}

/** S3 asks KMS on behalf of the caller; the caller needs the permission. */
function kms({ bucketArn, encryption }: Target, key: string, actions: string[]): AccessCheck[] {
  if (!encryption) return [];
  const { keyArn, bucketKeyEnabled } = encryption;
  // The bucket's key is in the bucket's region; the caller is of the key's account, as everything here is.
  const [, , , region, account] = keyArn.split(":");
  const context = {
    ...SECURE,
    "kms:ViaService": `s3.${region}.amazonaws.com`,
    "kms:CallerAccount": account,
    "kms:EncryptionContext:aws:s3:arn": bucketKeyEnabled ? bucketArn : `${bucketArn}/${key}`,
  };
  return actions.map((action) => ({ action, on: "key" as const, resource: keyArn, context }));
}

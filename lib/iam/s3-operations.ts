/**
 * The S3 and KMS requests that Transfer Family makes for each file operation, as requests to authorize. Sources: AWS
 * Transfer Family User Guide, "Amazon S3 HeadObject behavior" and "Data encryption in Transfer Family"; Amazon S3 User
 * Guide, "Required permissions for Amazon S3 API operations" and "Uploading objects using multipart upload" (KMS).
 * AWS does not publish which requests a command makes; where the sources state nothing, the operation is assumed to
 * need what the S3 API needs for it.
 *
 * Transfer Family relies on the bucket's default encryption and sends no x-amz-server-side-encryption header, so that
 * condition key is absent, and a bucket policy that requires the header denies uploads here as it does in AWS.
 */
import type { RequestContext } from "./request-context";

/** The customer-managed key of the bucket's default encryption. */
export interface BucketKey {
  readonly keyArn: string;
  /** With an S3 Bucket Key the encryption context is the bucket's ARN instead of the object's. */
  readonly bucketKeyEnabled: boolean;
}

/** The object or folder of an operation. A key that ends in "/" is a folder, "" is the whole bucket. */
interface Target {
  readonly bucketArn: string;
  readonly key: string;
  /** Absent when the bucket is encrypted with S3 managed keys. */
  readonly encryption?: BucketKey;
}

export type FileOperation = Target &
  (
    | {
        readonly operation:
          "stat" | "list" | "read" | "write" | "remove" | "makeDirectory" | "removeDirectory";
      }
    | {
        readonly operation: "rename";
        readonly newKey: string;
        /** Whether the object has tags. Default false. */
        readonly isTagged?: boolean;
      }
  );

/** One request to authorize. */
export interface AccessCheck {
  readonly action: string;
  readonly on: "bucket" | "object" | "key";
  /** The ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** The requests that must all be allowed for the operation, in the order in which they are made. */
export function accessChecks(file: FileOperation): AccessCheck[] {
  const { key } = file;
  switch (file.operation) {
    case "stat":
      // A file is read with HeadObject, which needs s3:GetObject. A folder may exist without an object, so it is
      // checked with a listing.
      return isFolder(key) ? [listing(file, key)] : [object(file, "s3:GetObject", key)];
    case "list":
      // On a server that does not optimize directory listings, Transfer Family also sends HeadObject for each folder.
      return [listing(file, key)];
    case "read":
      return [object(file, "s3:GetObject", key), ...kms(file, key, ["kms:Decrypt"])];
    case "write":
      // A longer file is a multipart upload, whose parts S3 decrypts to assemble them. The length is not known in
      // advance, so kms:Decrypt is required for every file; AWS would fail only on the first multipart upload.
      return [
        object(file, "s3:PutObject", key),
        ...kms(file, key, ["kms:GenerateDataKey", "kms:Decrypt"]),
      ];
    case "remove":
      // Without a version id S3 adds a delete marker in a versioned bucket, which needs no s3:DeleteObjectVersion.
      return [object(file, "s3:DeleteObject", key)];
    case "makeDirectory":
      // One zero-byte object, in one part.
      return [
        object(file, "s3:PutObject", asFolder(key)),
        ...kms(file, asFolder(key), ["kms:GenerateDataKey"]),
      ];
    case "removeDirectory":
      // Only an empty folder can be removed, so it is listed before its folder object is deleted.
      return [listing(file, asFolder(key)), object(file, "s3:DeleteObject", asFolder(key))];
    case "rename":
      // S3 has no rename: the object is copied and the original deleted. A copy takes the tags along by default, and
      // then needs to read and to write them (API reference, CopyObject, x-amz-tagging-directive). Which directive
      // Transfer Family sends is not documented.
      return [
        object(file, "s3:GetObject", key),
        ...(file.isTagged ? [object(file, "s3:GetObjectTagging", key)] : []),
        ...kms(file, key, ["kms:Decrypt"]),
        object(file, "s3:PutObject", file.newKey),
        ...(file.isTagged ? [object(file, "s3:PutObjectTagging", file.newKey)] : []),
        ...kms(file, file.newKey, ["kms:GenerateDataKey"]),
        object(file, "s3:DeleteObject", key),
      ];
  }
}

// Transfer Family connects to S3 over TLS, for every protocol of the device.
const overTls: RequestContext = { "aws:SecureTransport": "true" };

function isFolder(key: string): boolean {
  return key === "" || key.endsWith("/");
}

function asFolder(key: string): string {
  return isFolder(key) ? key : `${key}/`;
}

function object({ bucketArn }: Target, action: string, key: string): AccessCheck {
  return { action, on: "object", resource: `${bucketArn}/${key}`, context: overTls };
}

function listing({ bucketArn }: Target, folder: string): AccessCheck {
  return {
    action: "s3:ListBucket",
    on: "bucket",
    resource: bucketArn,
    context: { ...overTls, "s3:prefix": asFolder(folder), "s3:delimiter": "/" },
  };
}

/** S3 calls KMS on behalf of the caller, who needs the permission. */
function kms({ bucketArn, encryption }: Target, key: string, actions: string[]): AccessCheck[] {
  if (!encryption) return [];
  const { keyArn, bucketKeyEnabled } = encryption;
  // The key is in the bucket's region, and the caller in the key's account: other accounts are not supported.
  const [, , , region, account] = keyArn.split(":");
  const context = {
    ...overTls,
    "kms:ViaService": `s3.${region}.amazonaws.com`,
    "kms:CallerAccount": account,
    "kms:EncryptionContext:aws:s3:arn": bucketKeyEnabled ? bucketArn : `${bucketArn}/${key}`,
  };
  return actions.map((action) => ({ action, on: "key" as const, resource: keyArn, context }));
}

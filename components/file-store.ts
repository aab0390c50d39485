import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { trustInTransfer } from "./internal/account";
import { fileAccess } from "./internal/policies";
import { everything, LifecycleRule, privateBucket } from "./internal/private-bucket";

/** How files are kept, encrypted and expire; every field has a safe default. */
export interface FileStoreArgs {
  /** Name of the bucket. Default: chosen by Pulumi from the component's name. */
  bucketName?: string;
  /** KMS key to encrypt with. Default: SSE-S3, keys managed by S3 at no cost. */
  kmsKeyArn?: string;
  /** Days an overwritten or deleted version of a file is kept. Default 30. */
  oldVersionDays?: number;
  /** Days after which files are deleted. Default: never. */
  expireAfterDays?: number;
  /** Keep the bucket from being deleted or replaced. Default false. */
  protect?: boolean;
  /** Let a destroy delete the bucket with the files in it. Default false. */
  forceDestroy?: boolean;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/**
 * The S3 bucket the devices' files end up in, and the role with which AWS Transfer Family reaches it.
 *
 * Versions are kept, because devices reuse file names; access is private, over TLS, owned by the bucket's
 * account. Costs are S3's storage and requests; old versions count as storage until they expire.
 *
 * @example new FileStore("site-files", { oldVersionDays: 30 })
 */
export class FileStore extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** The role to hand to the identity provider: Transfer assumes it for every login. */
  readonly role: aws.iam.Role;

  constructor(name: string, args: FileStoreArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:FileStore", name, {}, opts);
    const { kmsKeyArn, tags } = args;
    const child = { parent: this };

    const { bucketName, protect, forceDestroy } = args;
    const lifecycleRules = lifecycleOf(args);
    this.bucket = privateBucket(
      name,
      { bucketName, kmsKeyArn, lifecycleRules, protect, forceDestroy, tags },
      this,
    );

    this.role = new aws.iam.Role(
      `${name}-role`,
      {
        description: "Assumed by AWS Transfer Family for each logged-in FTP user",
        assumeRolePolicy: trustInTransfer(this, "user/*"),
        tags,
      },
      child,
    );
    new aws.iam.RolePolicy(
      `${name}-access`,
      {
        role: this.role.id,
        policy: this.bucket.arn.apply((bucketArn) =>
          JSON.stringify(fileAccess({ bucketArn, kmsKeyArn })),
        ),
      },
      child,
    );

    this.registerOutputs({ bucket: this.bucket.id, roleArn: this.role.arn });
  }
}

/** Old versions always go; files themselves only when asked. */
function lifecycleOf(args: FileStoreArgs): LifecycleRule[] {
  const oldVersions = {
    id: "old-versions",
    status: "Enabled",
    filter: everything,
    noncurrentVersionExpiration: { noncurrentDays: args.oldVersionDays ?? 30 },
  };
  if (args.expireAfterDays === undefined) return [oldVersions];
  const expiration = { days: args.expireAfterDays };
  return [oldVersions, { id: "files", status: "Enabled", filter: everything, expiration }];
}

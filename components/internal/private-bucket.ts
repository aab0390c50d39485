import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { tlsOnly } from "./policies";

/** What differs between private buckets; the rest is the same for all. */
export interface PrivateBucketArgs {
  /** Default: chosen by Pulumi from the name. */
  readonly bucketName?: string;
  /** KMS key to encrypt with. Default: SSE-S3, keys managed by S3 at no cost. */
  readonly kmsKeyArn?: string;
  /** What expires when, in addition to uploads that were never finished. Default nothing. */
  readonly lifecycleRules?: LifecycleRule[];
  readonly protect?: boolean;
  readonly forceDestroy?: boolean;
  readonly tags?: Record<string, string>;
}

/** A rule of when what goes, as the provider takes it. */
export type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

/** What a lifecycle rule for the whole bucket filters by. */
export const everything = { prefix: "" };

/**
 * A bucket that is private, versioned and encrypted and speaks TLS only: the bucket and its settings, which AWS has
 * as resources of their own, all of them children of one component.
 */
export function privateBucket(
  name: string,
  args: PrivateBucketArgs,
  parent: pulumi.Resource,
): aws.s3.Bucket {
  const { kmsKeyArn, tags } = args;
  const child = { parent };
  const made = new aws.s3.Bucket(
    `${name}-bucket`,
    { bucket: args.bucketName, forceDestroy: args.forceDestroy ?? false, tags },
    { ...child, protect: args.protect },
  );
  const bucket = made.id;

  new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: kmsKeyArn
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn }
            : { sseAlgorithm: "AES256" },
          // One data key for many files instead of a KMS request for each.
          bucketKeyEnabled: kmsKeyArn !== undefined,
        },
      ],
    },
    child,
  );
  const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
    `${name}-private`,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  new aws.s3.BucketPolicy(
    `${name}-tls-only`,
    { bucket, policy: made.arn.apply((arn) => JSON.stringify(tlsOnly(arn))) },
    // S3 refuses two changes of a bucket's access at the same moment.
    { ...child, dependsOn: publicAccessBlock },
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket, rules: [...(args.lifecycleRules ?? []), unfinishedUploads] },
    child,
  );
  return made;
}

/** Parts of uploads that were never finished are billed and cannot be seen. */
const unfinishedUploads: LifecycleRule = {
  id: "unfinished-uploads",
  status: "Enabled",
  filter: everything,
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};

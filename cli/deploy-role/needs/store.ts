import { need, Need } from "../need";

const S3 = "amazons3";
const bucket = "arn:{partition}:s3:::{name}-*";

/** A part of a bucket's configuration: written, read, and taken back by the same action or another. */
const part = (put: string, get: string, take = put): Need =>
  need(S3, bucket, {
    create: [`s3:${put}`],
    read: [`s3:${get}`],
    update: [`s3:${put}`],
    delete: [`s3:${take}`],
  });

const table = "arn:{partition}:dynamodb:{region}:{account}:table/{name}-*";

/** Files, users, and the log of uploads. */
export const store: Record<string, Need> = {
  "aws:s3/bucket:Bucket": need(S3, [bucket, `${bucket}/*`], {
    create: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource"],
    // The provider reads a bucket whole, also what this program configures by resources of their own.
    read: [
      "s3:ListBucket",
      "s3:GetBucketLocation",
      "s3:GetBucketTagging",
      "s3:ListTagsForResource",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetAccelerateConfiguration",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
    ],
    update: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
    // Objects are deleted only where the stack says forceDestroy; the bucket's name is the stack's own.
    delete: [
      "s3:DeleteBucket",
      "s3:ListBucketVersions",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
    ],
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": part(
    "PutLifecycleConfiguration",
    "GetLifecycleConfiguration",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": part(
    "PutBucketOwnershipControls",
    "GetBucketOwnershipControls",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": part(
    "PutBucketPolicy",
    "GetBucketPolicy",
    "DeleteBucketPolicy",
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": part(
    "PutBucketPublicAccessBlock",
    "GetBucketPublicAccessBlock",
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": part(
    "PutEncryptionConfiguration",
    "GetEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": part("PutBucketVersioning", "GetBucketVersioning"),
  "aws:dynamodb/table:Table": need("amazondynamodb", table, {
    create: ["dynamodb:CreateTable", "dynamodb:TagResource"],
    read: [
      "dynamodb:DescribeTable",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
    ],
    update: [
      "dynamodb:UpdateTable",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTimeToLive",
      "dynamodb:TagResource",
      "dynamodb:UntagResource",
    ],
    delete: ["dynamodb:DeleteTable"],
  }),
  "aws:dynamodb/tableItem:TableItem": need("amazondynamodb", table, {
    create: ["dynamodb:PutItem"],
    read: ["dynamodb:GetItem"],
    update: ["dynamodb:UpdateItem", "dynamodb:PutItem"],
    delete: ["dynamodb:DeleteItem"],
  }),
  "aws:glue/catalogDatabase:CatalogDatabase": need(
    "awsglue",
    [
      "arn:{partition}:glue:{region}:{account}:catalog",
      "arn:{partition}:glue:{region}:{account}:database/{underscored}*",
      // A database goes with all that is in it.
      "arn:{partition}:glue:{region}:{account}:table/{underscored}*/*",
      "arn:{partition}:glue:{region}:{account}:userDefinedFunction/{underscored}*/*",
    ],
    {
      create: ["glue:CreateDatabase", "glue:TagResource"],
      read: ["glue:GetDatabase", "glue:GetTags"],
      update: ["glue:UpdateDatabase", "glue:TagResource", "glue:UntagResource"],
      delete: ["glue:DeleteDatabase"],
    },
  ),
  "aws:glue/catalogTable:CatalogTable": need(
    "awsglue",
    [
      "arn:{partition}:glue:{region}:{account}:catalog",
      "arn:{partition}:glue:{region}:{account}:database/{underscored}*",
      "arn:{partition}:glue:{region}:{account}:table/{underscored}*/*",
    ],
    {
      create: ["glue:CreateTable"],
      read: ["glue:GetTable", "glue:GetPartitionIndexes"],
      update: ["glue:UpdateTable"],
      delete: ["glue:DeleteTable"],
    },
  ),
};

import { ofType } from "../lib/stack/resource";
import { actions } from "./actions";
import { physicalName } from "./context";
import { costsNothing, countOf, filesPerMonth, queueFeeds, type PricedStack } from "./cost-item";
import type { AccountContents, ResourceType, Service } from "./resource-type";

const page = "amazons3";
const oneBucket = "arn:{partition}:s3:::{name}-*";
const bucket = "aws:s3/bucket:Bucket";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const encryption =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** Reads for each file: its folder, its metadata before and after the write, and a list. */
const readsPerFile = 3;

/**
 * What the function that handles upload events writes for a file: its version's mark, row and the event's mark. A list
 * of versions costs as much as a write. And what it reads.
 */
const writesPerEvent = 4;
const readsPerEvent = 3;

/** A data key to write, and one to read. */
const keysPerFile = 2;

/** Thousands of requests to S3: those of each file, and more where a function handles its event. */
function requests(stack: PricedStack, perFile: number, perEvent: number): number {
  if (countOf(stack, bucket) === 0) return 0;
  return (filesPerMonth(stack) * (perFile + (queueFeeds(stack) > 0 ? perEvent : 0))) / 1000;
}

const usesKey = ({ resources }: PricedStack): boolean =>
  JSON.stringify(ofType(resources, encryption).map(({ outputs }) => outputs.rules)).includes(
    "aws:kms",
  );

/** A part of a bucket's configuration has the bucket's name as its id. */
const configuration = (
  put: string,
  get: string,
  cost: ResourceType["cost"],
  remove = put,
): ResourceType => ({
  create: (_name, inputs) => ({ id: String(inputs.bucket), outputs: {} }),
  replacedBy: ["bucket"],
  actions: actions(page, oneBucket, {
    create: [`s3:${put}`],
    read: [`s3:${get}`],
    update: [`s3:${put}`],
    delete: [`s3:${remove}`],
  }),
  cost,
});

/** Whether the bucket's policy denies its deletion to every principal. */
function deniesDeletion(id: string, { resources }: AccountContents): boolean {
  return resources
    .filter(({ type, inputs }) => type === bucketPolicy && inputs.bucket === id)
    .flatMap(({ inputs }) => {
      const { Statement = [] } = JSON.parse(String(inputs.policy)) as { Statement?: object[] };
      return Statement as { Effect?: string; Principal?: unknown; Action?: string | string[] }[];
    })
    .some(
      ({ Effect, Principal, Action }) =>
        Effect === "Deny" && Principal === "*" && [Action].flat().includes("s3:DeleteBucket"),
    );
}

export const s3: Service = {
  types: {
    [bucket]: {
      create: (name, inputs, context) => {
        const physical = physicalName(inputs.bucket, name);
        return {
          id: physical,
          outputs: {
            bucket: physical,
            arn: `arn:${context.partition}:s3:::${physical}`,
            bucketRegionalDomainName: `${physical}.s3.${context.region}.amazonaws.com`,
          },
        };
      },
      replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
      rejectDelete: ({ id, inputs }, account) => {
        if (deniesDeletion(id, account)) {
          return `deleting S3 Bucket (${id}): AccessDenied: an explicit deny in a resource-based policy`;
        }
        return inputs.forceDestroy !== true && account.hasObjects(id)
          ? `deleting S3 Bucket (${id}): BucketNotEmpty: The bucket you tried to delete is not empty`
          : undefined;
      },
      actions: actions(page, [oneBucket, `${oneBucket}/*`], {
        create: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource"],
        // The provider reads all of a bucket's configuration, also the parts that are resources of their own.
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
        // The provider deletes objects only with forceDestroy.
        delete: [
          "s3:DeleteBucket",
          "s3:ListBucketVersions",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
        ],
      }),
      cost: [
        {
          name: "S3, storage",
          price: "s3.gbMonth",
          formula: "GB stored, old versions included",
          units: (stack) => (countOf(stack, bucket) > 0 ? stack.usage.storedGb : 0),
        },
        {
          name: "S3, writes",
          price: "s3.putThousand",
          formula: "(files + 3 x files where a queue feeds a function: tags, row, mark) / 1000",
          units: (stack) => requests(stack, 1, writesPerEvent),
        },
        {
          name: "S3, reads",
          price: "s3.getThousand",
          formula: "(3 x files + 4 x files where a queue feeds a function) / 1000",
          units: (stack) => requests(stack, readsPerFile, readsPerEvent),
        },
      ],
    },

    [encryption]: configuration("PutEncryptionConfiguration", "GetEncryptionConfiguration", [
      {
        name: "KMS, requests",
        price: "kms.tenThousand",
        formula: "2 x files / 10^4, with kmsKeyArn; fewer with a bucket key",
        units: (stack) => (usesKey(stack) ? (keysPerFile * filesPerMonth(stack)) / 1e4 : 0),
      },
    ]),

    "aws:s3/bucketVersioning:BucketVersioning": configuration(
      "PutBucketVersioning",
      "GetBucketVersioning",
      "old versions count as storage",
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": configuration(
      "PutBucketPublicAccessBlock",
      "GetBucketPublicAccessBlock",
      costsNothing.setting,
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": configuration(
      "PutBucketOwnershipControls",
      "GetBucketOwnershipControls",
      costsNothing.setting,
    ),
    [bucketPolicy]: configuration(
      "PutBucketPolicy",
      "GetBucketPolicy",
      costsNothing.permission,
      "DeleteBucketPolicy",
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": configuration(
      "PutLifecycleConfiguration",
      "GetLifecycleConfiguration",
      "expiration costs nothing and reduces storage",
    ),
  },
};

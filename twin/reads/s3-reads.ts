/** S3's answers about a bucket's settings, in the form of the API reference. */
import { ofType } from "../../lib/stack/resource";
import type { CliWords } from "./cli-words";
import { AwsRefusal, type Estate } from "./estate";

export const s3Reads: Record<string, (words: CliWords, estate: Estate) => unknown> = {
  "s3api get-bucket-location": (words, estate) => {
    const bucket = words.flag("bucket");
    if (!ofType(estate.stack.resources, "aws:s3/bucket:Bucket").some(({ id }) => id === bucket)) {
      throw new AwsRefusal("NoSuchBucket", "The specified bucket does not exist");
    }
    return { LocationConstraint: estate.region === "us-east-1" ? null : estate.region };
  },

  "s3api get-public-access-block": (words, estate) => {
    const found = settings(words, estate, "bucketPublicAccessBlock:BucketPublicAccessBlock");
    if (!found) throw missing("NoSuchPublicAccessBlockConfiguration", "public access block");
    const { blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets } = found;
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: blockPublicAcls ?? false,
        IgnorePublicAcls: ignorePublicAcls ?? false,
        BlockPublicPolicy: blockPublicPolicy ?? false,
        RestrictPublicBuckets: restrictPublicBuckets ?? false,
      },
    };
  },

  "s3api get-bucket-versioning": (words, estate) => {
    const found = settings(words, estate, "bucketVersioning:BucketVersioning");
    const { status } = (found?.versioningConfiguration ?? {}) as { status?: string };
    return status === undefined ? {} : { Status: status };
  },

  "s3api get-bucket-ownership-controls": (words, estate) => {
    const found = settings(words, estate, "bucketOwnershipControls:BucketOwnershipControls");
    if (!found) throw missing("OwnershipControlsNotFoundError", "ownership controls");
    const { objectOwnership } = found.rule as { objectOwnership: string };
    return { OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership }] } };
  },

  "s3api get-bucket-policy": (words, estate) => {
    const found = settings(words, estate, "bucketPolicy:BucketPolicy");
    if (!found) throw missing("NoSuchBucketPolicy", "bucket policy");
    return { Policy: String(found.policy) };
  },

  "s3api get-bucket-encryption": (words, estate) => {
    const type = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const [rule] = (settings(words, estate, type)?.rules ?? []) as {
      bucketKeyEnabled?: boolean;
      applyServerSideEncryptionByDefault?: { sseAlgorithm: string; kmsMasterKeyId?: string };
    }[];
    const { sseAlgorithm, kmsMasterKeyId } = rule?.applyServerSideEncryptionByDefault ?? {};
    // S3 encrypts every bucket with its own keys where nobody asks for others.
    const byDefault = { SSEAlgorithm: sseAlgorithm ?? "AES256", KMSMasterKeyID: kmsMasterKeyId };
    return {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: byDefault,
            BucketKeyEnabled: rule?.bucketKeyEnabled ?? false,
          },
        ],
      },
    };
  },
};

function settings(
  words: CliWords,
  { stack }: Estate,
  type: string,
): Record<string, unknown> | undefined {
  const bucket = words.flag("bucket");
  return ofType(stack.resources, `aws:s3/${type}`).find(({ outputs }) => outputs.bucket === bucket)
    ?.outputs;
}

function missing(errorCode: string, what: string): AwsRefusal {
  return new AwsRefusal(errorCode, `The bucket has no ${what}`);
}

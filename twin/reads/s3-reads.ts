/** S3's read operations for a bucket's settings, with outputs as in the API reference. */
import { ofType } from "../../lib/stack/resource";
import { ReadError, type Read, type SiteState } from "./site-state";

export const s3Reads: Readonly<Record<string, Read>> = {
  "S3 GetBucketLocation": (input, site) => {
    const bucket = input.Bucket;
    if (!ofType(site.stack.resources, "aws:s3/bucket:Bucket").some(({ id }) => id === bucket)) {
      throw new ReadError("NoSuchBucket", "The specified bucket does not exist");
    }
    return { LocationConstraint: site.region === "us-east-1" ? undefined : site.region };
  },

  "S3 GetPublicAccessBlock": (input, site) => {
    const found = settings(input, site, "bucketPublicAccessBlock:BucketPublicAccessBlock");
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

  "S3 GetBucketVersioning": (input, site) => {
    const found = settings(input, site, "bucketVersioning:BucketVersioning");
    const { status } = (found?.versioningConfiguration ?? {}) as { status?: string };
    return status === undefined ? {} : { Status: status };
  },

  "S3 GetBucketOwnershipControls": (input, site) => {
    const found = settings(input, site, "bucketOwnershipControls:BucketOwnershipControls");
    if (!found) throw missing("OwnershipControlsNotFoundError", "ownership controls");
    const { objectOwnership } = found.rule as { objectOwnership: string };
    return { OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership }] } };
  },

  "S3 GetBucketPolicy": (input, site) => {
    const found = settings(input, site, "bucketPolicy:BucketPolicy");
    if (!found) throw missing("NoSuchBucketPolicy", "bucket policy");
    return { Policy: String(found.policy) };
  },

  "S3 GetBucketEncryption": (input, site) => {
    const type = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const [rule] = (settings(input, site, type)?.rules ?? []) as {
      bucketKeyEnabled?: boolean;
      applyServerSideEncryptionByDefault?: { sseAlgorithm: string; kmsMasterKeyId?: string };
    }[];
    const { sseAlgorithm, kmsMasterKeyId } = rule?.applyServerSideEncryptionByDefault ?? {};
    // S3 encrypts with its own keys by default.
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
  input: Readonly<Record<string, unknown>>,
  { stack }: SiteState,
  type: string,
): Record<string, unknown> | undefined {
  const bucket = input.Bucket;
  return ofType(stack.resources, `aws:s3/${type}`).find(({ outputs }) => outputs.bucket === bucket)
    ?.outputs;
}

function missing(code: string, what: string): ReadError {
  return new ReadError(code, `The bucket has no ${what}`);
}

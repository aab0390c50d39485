import { isEveryone, Statement, statementsOf } from "./documents";
import { CheckedResource, fieldsOf, listOf, Rule, StackRule } from "./rule";

const publicAccess = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

/** No single setting opens a bucket or disables a protection. */
export const bucketSettings: Rule = {
  name: "bucket-settings",
  description: "A bucket's settings are private, versioned and encrypted.",
  check(resource) {
    const { type, properties } = resource;
    switch (type) {
      case "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
        return publicAccess
          .filter((setting) => properties[setting] !== true)
          .map((setting) => `does not set ${setting}`);
      case "aws:s3/bucketVersioning:BucketVersioning":
        return fieldsOf(properties.versioningConfiguration).status === "Enabled"
          ? []
          : ["does not keep versions, and devices reuse file names"];
      case "aws:s3/bucketPolicy:BucketPolicy":
        return statementsOf(resource).some((one) => one.allows && isEveryone(one))
          ? ["grants access to everyone"]
          : [];
      case "aws:s3/bucketAcl:BucketAcl":
      case "aws:s3/bucket:Bucket":
        return /^public|^authenticated/.test(String(properties.acl ?? ""))
          ? [`is ${String(properties.acl)}`]
          : [];
      default:
        return [];
    }
  },
};

/** The resources that every bucket needs in addition. */
const companions: Record<string, string> = {
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "block of public access",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "encryption setting",
  "aws:s3/bucketVersioning:BucketVersioning": "versioning setting",
};

/** Every bucket has the resources that AWS does not create by default. */
export const bucketComplete: StackRule = {
  name: "bucket-complete",
  description: "Every bucket is private, versioned and encrypted, and requires TLS.",
  check: (resources) =>
    resources
      .filter(({ type }) => type === "aws:s3/bucket:Bucket")
      .flatMap((bucket) =>
        missingParts(bucket, resources).map((message) => ({ resource: bucket, message })),
      ),
};

function missingParts(bucket: CheckedResource, resources: readonly CheckedResource[]): string[] {
  const name = bucket.properties.bucket;
  const ofBucket = resources.filter(({ properties }) => properties.bucket === name);
  const missing = Object.entries(companions)
    .filter(([type]) => !ofBucket.some((resource) => resource.type === type))
    .map(([, what]) => `has no ${what}`);
  const policies = ofBucket.filter(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy");
  const tlsOnly = policies.flatMap(statementsOf).some((one) => deniesWithoutTls(one, String(name)));
  return tlsOnly ? missing : [...missing, "accepts requests without TLS"];
}

function deniesWithoutTls(statement: Statement, bucket: string): boolean {
  const { allows, actions, resources, conditions } = statement;
  return (
    !allows &&
    isEveryone(statement) &&
    actions.includes("s3:*") &&
    [`:::${bucket}`, `:::${bucket}/*`].every((end) =>
      listOf(resources).some((arn) => arn.endsWith(end)),
    ) &&
    conditions.length === 1 &&
    conditions.some(
      ({ operator, key, values }) =>
        operator === "Bool" && key === "aws:securetransport" && values.join() === "false",
    )
  );
}

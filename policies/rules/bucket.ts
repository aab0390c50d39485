import { meansEverybody, Statement, statementsOf } from "./documents";
import { CheckedResource, fieldsOf, listOf, Rule, StackRule } from "./rule";

const publicAccess = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

/** No setting of a bucket, taken by itself, opens it or switches a protection off. */
export const bucketSettings: Rule = {
  name: "bucket-settings",
  description: "A bucket's settings are private, versioned and encrypted.",
  check(resource) {
    const { type, properties } = resource;
    switch (type) {
      case "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
        return publicAccess
          .filter((setting) => properties[setting] !== true)
          .map((setting) => `leaves ${setting} off`);
      case "aws:s3/bucketVersioning:BucketVersioning":
        return fieldsOf(properties.versioningConfiguration).status === "Enabled"
          ? []
          : ["does not keep versions, and devices reuse file names"];
      case "aws:s3/bucketPolicy:BucketPolicy":
        return statementsOf(resource).some((one) => one.allows && meansEverybody(one))
          ? ["lets everybody in"]
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
    "setting of its encryption",
  "aws:s3/bucketVersioning:BucketVersioning": "setting of its versions",
};

/** A bucket with AWS's defaults has none of these. */
export const bucketComplete: StackRule = {
  name: "bucket-complete",
  description: "Every bucket is private, versioned, encrypted and speaks TLS only.",
  check: (resources) =>
    resources
      .filter(({ type }) => type === "aws:s3/bucket:Bucket")
      .flatMap((bucket) =>
        whatIsMissing(bucket, resources).map((message) => ({ resource: bucket, message })),
      ),
};

function whatIsMissing(bucket: CheckedResource, resources: readonly CheckedResource[]): string[] {
  const name = bucket.properties.bucket;
  const ofBucket = resources.filter(({ properties }) => properties.bucket === name);
  const missing = Object.entries(companions)
    .filter(([type]) => !ofBucket.some((resource) => resource.type === type))
    .map(([, what]) => `has no ${what}`);
  const policies = ofBucket.filter(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy");
  const tlsOnly = policies.flatMap(statementsOf).some((one) => refusesPlain(one, String(name)));
  return tlsOnly ? missing : [...missing, "answers without TLS"];
}

function refusesPlain(statement: Statement, bucket: string): boolean {
  const { allows, actions, resources, conditions } = statement;
  return (
    !allows &&
    meansEverybody(statement) &&
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

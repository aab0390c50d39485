import assert from "node:assert/strict";

import { FileStore } from "../../components/file-store";
import { make, policyOf } from "../support/evaluate-component";
import { shared } from "../support/shared";

const makeStore = shared((args?: ConstructorParameters<typeof FileStore>[1]) =>
  make("files", () => new FileStore("files", args)),
);

describe("components/FileStore", () => {
  it("makes a private, versioned, encrypted bucket and a role", async () => {
    const { types, child } = await makeStore();
    assert.deepEqual(types, [
      "Bucket",
      "BucketLifecycleConfiguration",
      "BucketOwnershipControls",
      "BucketPolicy",
      "BucketPublicAccessBlock",
      "BucketServerSideEncryptionConfiguration",
      "BucketVersioning",
      "Role",
      "RolePolicy",
    ]);
    const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } =
      child("private").inputs;
    assert.ok(blockPublicAcls && blockPublicPolicy && ignorePublicAcls && restrictPublicBuckets);
    assert.deepEqual(child("versioning").inputs.versioningConfiguration, { status: "Enabled" });
    assert.deepEqual(child("ownership").inputs.rule, { objectOwnership: "BucketOwnerEnforced" });
    assert.deepEqual(child("encryption").inputs.rules, [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    ]);
    assert.equal(child("bucket").inputs.forceDestroy, false);
  });

  it("refuses everybody without TLS", async () => {
    const { child } = await makeStore();
    const [statement] = policyOf(child("tls-only")).Statement;
    assert.equal(statement.Effect, "Deny");
    assert.deepEqual(statement.Condition, { Bool: { "aws:SecureTransport": "false" } });
    const arn = child("bucket").outputs.arn as string;
    assert.deepEqual(statement.Resource, [arn, `${arn}/*`]);
  });

  it("permits only Transfer, for users of this account, to assume the role", async () => {
    const { child } = await makeStore();
    const [statement] = policyOf(child("role"), "assumeRolePolicy").Statement;
    assert.deepEqual(statement, {
      Sid: "AssumeByTransfer",
      Effect: "Allow",
      Principal: { Service: "transfer.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:transfer:ap-northeast-1:123456789012:user/*" },
      },
    });
  });

  it("gives the role this bucket and nothing else", async () => {
    const { child } = await makeStore();
    const arn = child("bucket").outputs.arn as string;
    for (const { Resource, Action } of policyOf(child("access")).Statement) {
      assert.ok([arn, `${arn}/*`].includes(String(Resource)), String(Resource));
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
    }
  });

  it("uses a given KMS key, and permits the role to use it", async () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const { child } = await makeStore({ kmsKeyArn });
    assert.deepEqual(child("encryption").inputs.rules, [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true,
      },
    ]);
    const statement = policyOf(child("access")).Statement.find(({ Sid }) => Sid === "UseKey")!;
    assert.equal(statement.Resource, kmsKeyArn);
    assert.deepEqual(statement.Action, ["kms:GenerateDataKey", "kms:Decrypt"]);
  });

  it("deletes old versions and broken uploads, and files only when configured", async () => {
    const rules = async (args: ConstructorParameters<typeof FileStore>[1]) => {
      const { child } = await makeStore(args);
      return child("lifecycle").inputs.rules as { id: string; expiration?: { days: number } }[];
    };
    const kept = await rules({ oldVersionDays: 9 });
    assert.deepEqual(
      kept.map(({ id }) => id),
      ["old-versions", "leftovers"],
    );
    assert.match(JSON.stringify(kept), /"noncurrentDays":9/);
    const [, shortLived] = await rules({ shortLivedPrefix: "users/canary/" });
    assert.deepEqual(shortLived, {
      ...{ id: "short-lived", status: "Enabled", filter: { prefix: "users/canary/" } },
      ...{ expiration: { days: 1 }, noncurrentVersionExpiration: { noncurrentDays: 1 } },
    });
    const expiring = await rules({ expireAfterDays: 400 });
    assert.deepEqual(expiring.find(({ id }) => id === "files")?.expiration, { days: 400 });
  });

  it("protects the bucket when configured, and nothing else", async () => {
    const { resources } = await makeStore({ protect: true });
    const names = resources.filter(({ protect }) => protect).map(({ name }) => name);
    assert.deepEqual(names, ["files-bucket"]);
  });
});

import assert from "node:assert/strict";
import { accessChecks, authorize, type FileOperation } from "../../../lib/iam";
import { accountId, bucketArn, policy, request } from "./support";

const kmsKeyArn = `arn:aws:kms:ap-northeast-1:${accountId}:key/1`;
const at = { bucketArn, key: "users/c/a.jpg" };
const folder = { bucketArn, key: "users/c/" };
const encryption = { keyArn: kmsKeyArn, bucketKeyEnabled: false };

/** Action, and what follows the bucket's name in the resource or the prefix. */
function summary(file: FileOperation): string[] {
  return accessChecks(file).map(({ action, on, resource, context }) => {
    if (on === "key") return `${action} for ${String(context["kms:EncryptionContext:aws:s3:arn"])}`;
    if (on === "bucket") return `${action} ${String(context["s3:prefix"])}`;
    return `${action} ${resource.slice(bucketArn.length + 1)}`;
  });
}

const cases: readonly [FileOperation, string[]][] = [
  [{ operation: "stat", ...at }, ["s3:GetObject users/c/a.jpg"]],
  [{ operation: "stat", ...folder }, ["s3:ListBucket users/c/"]],
  [{ operation: "stat", bucketArn, key: "" }, ["s3:ListBucket "]],
  [{ operation: "list", ...folder }, ["s3:ListBucket users/c/"]],
  [{ operation: "list", bucketArn, key: "users/c" }, ["s3:ListBucket users/c/"]],
  [{ operation: "read", ...at }, ["s3:GetObject users/c/a.jpg"]],
  [
    { operation: "read", ...at, encryption },
    ["s3:GetObject users/c/a.jpg", `kms:Decrypt for ${bucketArn}/users/c/a.jpg`],
  ],
  [{ operation: "write", ...at }, ["s3:PutObject users/c/a.jpg"]],
  [
    { operation: "write", ...at, encryption },
    [
      "s3:PutObject users/c/a.jpg",
      `kms:GenerateDataKey for ${bucketArn}/users/c/a.jpg`,
      `kms:Decrypt for ${bucketArn}/users/c/a.jpg`,
    ],
  ],
  [{ operation: "remove", ...at, encryption }, ["s3:DeleteObject users/c/a.jpg"]],
  [
    { operation: "makeDirectory", ...at, key: "users/c/new", encryption },
    ["s3:PutObject users/c/new/", `kms:GenerateDataKey for ${bucketArn}/users/c/new/`],
  ],
  [
    { operation: "removeDirectory", ...at, key: "users/c/old" },
    ["s3:ListBucket users/c/old/", "s3:DeleteObject users/c/old/"],
  ],
  [
    { operation: "rename", ...at, newKey: "users/c/b.jpg" },
    ["s3:GetObject users/c/a.jpg", "s3:PutObject users/c/b.jpg", "s3:DeleteObject users/c/a.jpg"],
  ],
  [
    { operation: "rename", ...at, newKey: "users/c/b.jpg", isTagged: true },
    [
      "s3:GetObject users/c/a.jpg",
      "s3:GetObjectTagging users/c/a.jpg",
      "s3:PutObject users/c/b.jpg",
      "s3:PutObjectTagging users/c/b.jpg",
      "s3:DeleteObject users/c/a.jpg",
    ],
  ],
  [
    {
      operation: "rename",
      ...at,
      newKey: "users/c/b.jpg",
      encryption: { ...encryption, bucketKeyEnabled: true },
    },
    [
      "s3:GetObject users/c/a.jpg",
      `kms:Decrypt for ${bucketArn}`,
      "s3:PutObject users/c/b.jpg",
      `kms:GenerateDataKey for ${bucketArn}`,
      "s3:DeleteObject users/c/a.jpg",
    ],
  ],
];

describe("iam: S3 and KMS requests of file operations", () => {
  for (const [file, expected] of cases)
    it(`${file.operation} "${file.key}"${file.encryption ? " with KMS" : ""}`, () =>
      assert.deepEqual(summary(file), expected));

  it("every request is over TLS, and the key is used through S3", () => {
    const checks = accessChecks({ operation: "rename", ...at, newKey: "b", encryption });
    assert.ok(checks.every(({ context }) => context["aws:SecureTransport"] === "true"));
    assert.deepEqual(
      checks.map(({ on }) => on),
      ["object", "key", "object", "key", "object"],
    );
    assert.equal(checks[1].resource, kmsKeyArn);
    assert.equal(checks[1].context["kms:ViaService"], "s3.ap-northeast-1.amazonaws.com");
    assert.equal(checks[1].context["kms:CallerAccount"], accountId);
  });

  it("a folder is listed one level deep", () => {
    const [{ context }] = accessChecks({ operation: "list", ...folder });
    assert.equal(context["s3:delimiter"], "/");
  });

  it("the write-and-list policy of the Transfer guide lists and uploads, and does not read", () => {
    const objects = `${bucketArn}/*`;
    const guide = policy(
      "role::files",
      { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
      { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: objects },
      { Effect: "Deny", Action: "s3:GetObject", NotResource: `${bucketArn}/*/` },
    );
    const allowed = (file: FileOperation) =>
      accessChecks(file).every(
        (check) => authorize(request({ ...check, identityPolicies: [guide] })).allowed,
      );
    assert.equal(allowed({ operation: "list", ...folder }), true);
    assert.equal(allowed({ operation: "write", ...at }), true);
    assert.equal(allowed({ operation: "read", ...at }), false);
    assert.equal(allowed({ operation: "stat", ...at }), false);
    assert.equal(allowed({ operation: "rename", ...at, newKey: "users/c/b.jpg" }), false);
  });

  it("a bucket policy that requires an encryption header denies uploads", () => {
    const [put] = accessChecks({ operation: "write", ...at });
    const insists = policy("bucket::uploads", {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    });
    const identityPolicies = [policy("r", { Effect: "Allow", Action: "s3:*", Resource: "*" })];
    assert.equal(authorize(request({ ...put, identityPolicies })).allowed, true);
    const refused = authorize(request({ ...put, identityPolicies, resourcePolicies: [insists] }));
    assert.equal(refused.allowed, false);
  });
});

import assert from "node:assert/strict";
import { accessChecks, authorize, type FileOperation } from "../../../lib/iam";
import { ACCOUNT, BUCKET, policy, request } from "./support";

const KEY_ARN = `arn:aws:kms:ap-northeast-1:${ACCOUNT}:key/1`;
const at = { bucketArn: BUCKET, key: "users/c/a.jpg" };
const folder = { bucketArn: BUCKET, key: "users/c/" };
const encryption = { keyArn: KEY_ARN, bucketKeyEnabled: false };

/** Action, and what follows the bucket's name in the resource or the prefix. */
function summary(file: FileOperation): string[] {
  return accessChecks(file).map(({ action, on, resource, context }) => {
    if (on === "key") return `${action} for ${String(context["kms:EncryptionContext:aws:s3:arn"])}`;
    if (on === "bucket") return `${action} ${String(context["s3:prefix"])}`;
    return `${action} ${resource.slice(BUCKET.length + 1)}`;
  });
}

const CASES: readonly [FileOperation, string[]][] = [
  [{ operation: "stat", ...at }, ["s3:GetObject users/c/a.jpg"]],
  [{ operation: "stat", ...folder }, ["s3:ListBucket users/c/"]],
  [{ operation: "stat", bucketArn: BUCKET, key: "" }, ["s3:ListBucket "]],
  [{ operation: "list", ...folder }, ["s3:ListBucket users/c/"]],
  [
    { operation: "list", ...folder, folderObjects: ["users/c/old/"] },
    ["s3:ListBucket users/c/", "s3:GetObject users/c/old/"],
  ],
  [{ operation: "list", bucketArn: BUCKET, key: "users/c" }, ["s3:ListBucket users/c/"]],
  [{ operation: "read", ...at }, ["s3:GetObject users/c/a.jpg"]],
  [
    { operation: "read", ...at, encryption },
    ["s3:GetObject users/c/a.jpg", `kms:Decrypt for ${BUCKET}/users/c/a.jpg`],
  ],
  [{ operation: "write", ...at }, ["s3:PutObject users/c/a.jpg"]],
  [
    { operation: "write", ...at, encryption },
    [
      "s3:PutObject users/c/a.jpg",
      `kms:GenerateDataKey for ${BUCKET}/users/c/a.jpg`,
      `kms:Decrypt for ${BUCKET}/users/c/a.jpg`,
    ],
  ],
  [{ operation: "remove", ...at, encryption }, ["s3:DeleteObject users/c/a.jpg"]],
  [
    { operation: "makeDirectory", ...at, key: "users/c/new", encryption },
    ["s3:PutObject users/c/new/", `kms:GenerateDataKey for ${BUCKET}/users/c/new/`],
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
    {
      operation: "rename",
      ...at,
      newKey: "users/c/b.jpg",
      encryption: { ...encryption, bucketKeyEnabled: true },
    },
    [
      "s3:GetObject users/c/a.jpg",
      `kms:Decrypt for ${BUCKET}`,
      "s3:PutObject users/c/b.jpg",
      `kms:GenerateDataKey for ${BUCKET}`,
      "s3:DeleteObject users/c/a.jpg",
    ],
  ],
];

describe("iam: what file operations ask of S3 and KMS", () => {
  for (const [file, expected] of CASES)
    it(`${file.operation} "${file.key}"${file.encryption ? " with KMS" : ""}`, () =>
      assert.deepEqual(summary(file), expected));

  it("every request is over TLS, and the key is asked through S3", () => {
    const checks = accessChecks({ operation: "rename", ...at, newKey: "b", encryption });
    assert.ok(checks.every(({ context }) => context["aws:SecureTransport"] === "true"));
    assert.deepEqual(
      checks.map(({ on }) => on),
      ["object", "key", "object", "key", "object"],
    );
    assert.equal(checks[1].resource, KEY_ARN);
    assert.equal(checks[1].context["kms:ViaService"], "s3.ap-northeast-1.amazonaws.com");
    assert.equal(checks[1].context["kms:CallerAccount"], ACCOUNT);
  });

  it("a folder is listed one level deep", () => {
    const [{ context }] = accessChecks({ operation: "list", ...folder });
    assert.equal(context["s3:delimiter"], "/");
  });

  it("the write-and-list policy of the Transfer guide lists and uploads, and does not read", () => {
    const objects = `${BUCKET}/*`;
    const guide = policy(
      "role::files",
      { Effect: "Allow", Action: "s3:ListBucket", Resource: BUCKET },
      { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: objects },
      { Effect: "Deny", Action: "s3:GetObject", NotResource: `${BUCKET}/*/` },
    );
    const allowed = (file: FileOperation) =>
      accessChecks(file).every(
        (check) => authorize(request({ ...check, identityPolicies: [guide] })).allowed,
      );
    assert.equal(allowed({ operation: "list", ...folder, folderObjects: ["users/c/old/"] }), true);
    assert.equal(allowed({ operation: "write", ...at }), true);
    assert.equal(allowed({ operation: "read", ...at }), false);
    assert.equal(allowed({ operation: "stat", ...at }), false);
    assert.equal(allowed({ operation: "rename", ...at, newKey: "users/c/b.jpg" }), false);
  });

  it("a bucket policy that insists on an encryption header refuses uploads", () => {
    const [put] = accessChecks({ operation: "write", ...at });
    const insists = policy("bucket::uploads", {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${BUCKET}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    });
    const identityPolicies = [policy("r", { Effect: "Allow", Action: "s3:*", Resource: "*" })];
    assert.equal(authorize(request({ ...put, identityPolicies })).allowed, true);
    const refused = authorize(request({ ...put, identityPolicies, resourcePolicies: [insists] }));
    assert.equal(refused.allowed, false);
  });
});

import assert from "node:assert/strict";
import { describeFolders } from "../../../lambdas/identity-provider/grant";
import { foldersOf } from "../../../lambdas/identity-provider/home";
import { sessionPolicy } from "../../../lambdas/identity-provider/session-policy";
import type { UserRecord } from "../../../lambdas/identity-provider/stores/user-store";
import { rules, user } from "./support/fixtures";

const bucket = rules.space.bucketArn;
const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef";

/** As IAM reads a policy of Allow statements: any statement whose every part matches. */
async function evaluator(fields: Partial<UserRecord> = {}, space = rules.space) {
  const policy = JSON.parse(sessionPolicy(foldersOf(await user("cam-1", fields), space), space));
  const list = (value: string | string[]) => [value].flat();
  const like = (pattern: string, text: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
    ).test(text);
  return (action: string, resource: string, prefix?: string) =>
    policy.Statement.some(
      (statement: {
        Effect: string;
        Action: string | string[];
        Resource: string | string[];
        Condition?: { StringLike: { "s3:prefix": string[] } };
      }) =>
        statement.Effect === "Allow" &&
        list(statement.Action).includes(action) &&
        list(statement.Resource).some((pattern) => like(pattern, resource)) &&
        (!statement.Condition ||
          statement.Condition.StringLike["s3:prefix"].some(
            (pattern) => prefix !== undefined && like(pattern, prefix),
          )),
    );
}

describe("Session policy", () => {
  it("of a read-write user opens the home, all of it", async () => {
    const may = await evaluator();
    for (const action of ["PutObject", "GetObject", "GetObjectVersion", "DeleteObject"]) {
      for (const key of ["a.txt", "folder/", "folder/deep/a.txt", ""]) {
        assert.equal(may(`s3:${action}`, `${bucket}/users/cam-1/${key}`), true, `${action} ${key}`);
      }
    }
    assert.equal(may("s3:GetBucketLocation", bucket), true);
    for (const prefix of ["users/cam-1", "users/cam-1/", "users/cam-1/folder/"]) {
      assert.equal(may("s3:ListBucket", bucket, prefix), true, prefix);
    }
  });

  it("opens nothing else, not even names that begin alike", async () => {
    for (const access of ["read-write", "read-only", "drop-box"] as const) {
      const may = await evaluator({ access });
      for (const key of [
        "users/cam-10/a.txt",
        "users/cam-1",
        "users/cam-2/a.txt",
        "a.txt",
        "shared/config/a",
      ]) {
        for (const action of ["PutObject", "GetObject", "GetObjectVersion", "DeleteObject"]) {
          assert.equal(
            may(`s3:${action}`, `${bucket}/${key}`),
            false,
            `${access} ${action} ${key}`,
          );
        }
      }
      for (const prefix of ["", undefined, "users/", "users/cam-10", "users/cam-10/", "shared/"]) {
        assert.equal(may("s3:ListBucket", bucket, prefix), false, `${access} ${prefix}`);
      }
      assert.equal(may("s3:GetObject", "arn:aws:s3:::files-bucket2/users/cam-1/a"), false);
      for (const action of ["DeleteObjectVersion", "PutObjectAcl", "DeleteBucket", "*"]) {
        assert.equal(may(`s3:${action}`, `${bucket}/users/cam-1/a`), false, action);
      }
    }
  });

  it("of a read-only user lists and fetches", async () => {
    const may = await evaluator({ access: "read-only" });
    assert.equal(may("s3:GetObject", `${bucket}/users/cam-1/a`), true);
    assert.equal(may("s3:ListBucket", bucket, "users/cam-1/"), true);
    assert.equal(may("s3:PutObject", `${bucket}/users/cam-1/a`), false);
    assert.equal(may("s3:DeleteObject", `${bucket}/users/cam-1/a`), false);
  });

  it("of a drop-box user lists and stores, and sees that folders exist", async () => {
    const may = await evaluator({ access: "drop-box" });
    assert.equal(may("s3:PutObject", `${bucket}/users/cam-1/a`), true);
    assert.equal(may("s3:PutObject", `${bucket}/users/cam-1/folder/`), true);
    assert.equal(may("s3:ListBucket", bucket, "users/cam-1/"), true);
    assert.equal(may("s3:GetObject", `${bucket}/users/cam-1/`), true);
    assert.equal(may("s3:GetObject", `${bucket}/users/cam-1/folder/`), true);
    assert.equal(may("s3:GetObject", `${bucket}/users/cam-1/a`), false);
    assert.equal(may("s3:GetObject", `${bucket}/users/cam-1/folder/a`), false);
    assert.equal(may("s3:DeleteObject", `${bucket}/users/cam-1/a`), false);
  });

  it("gives each folder its own access", async () => {
    const mappings = [
      { entry: "/config", target: "shared/config", access: "read-only" as const },
      { entry: "/inbox", target: "shared/inbox", access: "drop-box" as const },
    ];
    const may = await evaluator({ mappings });
    assert.equal(may("s3:PutObject", `${bucket}/users/cam-1/a`), true);
    assert.equal(may("s3:GetObject", `${bucket}/shared/config/a`), true);
    assert.equal(may("s3:PutObject", `${bucket}/shared/config/a`), false);
    assert.equal(may("s3:PutObject", `${bucket}/shared/inbox/a`), true);
    assert.equal(may("s3:GetObject", `${bucket}/shared/inbox/a`), false);
    assert.equal(may("s3:ListBucket", bucket, "shared/config/"), true);
    assert.equal(may("s3:ListBucket", bucket, "shared/"), false);
  });

  it("permits the bucket's key for the operations of the access", async () => {
    const space = { ...rules.space, kmsKeyArn };
    const allowed = async (access: UserRecord["access"]) => {
      const may = await evaluator({ access }, space);
      return ["kms:GenerateDataKey", "kms:Decrypt"].filter((action) => may(action, kmsKeyArn));
    };
    assert.deepEqual(await allowed("read-write"), ["kms:GenerateDataKey", "kms:Decrypt"]);
    assert.deepEqual(await allowed("drop-box"), ["kms:GenerateDataKey", "kms:Decrypt"]);
    assert.deepEqual(await allowed("read-only"), ["kms:Decrypt"]);
    assert.equal((await evaluator())("kms:Decrypt", kmsKeyArn), false);
  });

  it("fits 2,048 characters for the longest names there are, with a key", async () => {
    const space = {
      bucketName: "b".repeat(63),
      bucketArn: `arn:aws-us-gov:s3:::${"b".repeat(63)}`,
      kmsKeyArn,
      homePrefix: "users",
      sharedPrefix: "shared",
    };
    for (const access of ["read-write", "read-only", "drop-box"] as const) {
      const { fields } = describeFolders(await user("u".repeat(100), { access }), space);
      assert.ok(fields && fields.Policy.length <= 2048, access);
    }
  });

  it("that would be longer is a problem, and no fields", async () => {
    const mappings = Array.from({ length: 20 }, (_, number) => ({
      entry: `/folder-${number}`,
      target: `shared/${"folder".repeat(8)}-${number}`,
      access: "read-write" as const,
    }));
    const { problems, fields } = describeFolders(await user("cam-1", { mappings }), rules.space);
    assert.match(problems[0], /2048/);
    assert.equal(fields, undefined);
  });
});

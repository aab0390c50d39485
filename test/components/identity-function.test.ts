import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { IdentityFunction, type LoginRules } from "../../components/identity-function";
import { readSettings } from "../../lambdas/identity-provider/settings";
import { make, policyOf } from "../support/evaluate-component";

const withRules = (login?: LoginRules, kmsKeyArn?: string) =>
  make("login", () => {
    const table = new aws.dynamodb.Table("login-users", { hashKey: "pk", attributes: [] });
    return new IdentityFunction("login", {
      table,
      grants: { roleArn: "arn:role", bucket: "files", bucketArn: "arn:aws:s3:::files", kmsKeyArn },
      allowedCidr: "100.64.0.0/10",
      login,
      logRetentionDays: 7,
      timeoutSeconds: 15,
    });
  });

type Made = Awaited<ReturnType<typeof withRules>>;
const variablesOf = ({ child }: Made) =>
  (child("function").inputs.environment as { variables: Record<string, string> }).variables;

const role = {
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-a-real-key",
};

describe("components/IdentityFunction", () => {
  it("passes the rules that are given, and leaves the others to the function", async () => {
    const rules = {
      userStore: "secretsmanager",
      lockoutFailures: 3,
      lockoutUserFailures: 30,
      lockoutWindowSeconds: 60,
      rememberSeconds: 0,
      scryptLn: 15,
    } as const;
    const settings = readSettings({ ...variablesOf(await withRules(rules)), ...role });
    assert.deepEqual(settings.rules.lockout, {
      addressFailures: 3,
      nameFailures: 30,
      windowSeconds: 60,
    });
    assert.deepEqual(
      [settings.userStore, settings.rules.rememberSeconds, settings.scrypt.N],
      ["secretsmanager", 0, 2 ** 15],
    );
    const names = Object.keys(variablesOf(await withRules()));
    for (const name of ["USER_STORE", "LOCKOUT_FAILURES", "REMEMBER_SECONDS", "SCRYPT_LN"]) {
      assert.ok(!names.includes(name), name);
    }
  });

  it("may read the users' secrets only when users are secrets", async () => {
    const actions = ({ child }: Made) =>
      policyOf(child("access")).Statement.flatMap(({ Action }) => Action);
    assert.ok(!actions(await withRules()).includes("secretsmanager:GetSecretValue"));
    const secrets = await withRules({ userStore: "secretsmanager" });
    assert.ok(actions(secrets).includes("secretsmanager:GetSecretValue"));
  });

  it("has the bucket's key only when there is one", async () => {
    assert.equal(variablesOf(await withRules()).KMS_KEY_ARN, undefined);
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    assert.equal(variablesOf(await withRules(undefined, key)).KMS_KEY_ARN, key);
  });
});

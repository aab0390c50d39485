import assert from "node:assert/strict";
import { readSettings, type Environment } from "../../../lambdas/identity-provider/settings";
import { BadSettings } from "../../../lambdas/shared/environment";

const least = {
  TABLE_NAME: "users",
  FILE_ROLE_ARN: "arn:aws:iam::111122223333:role/files",
  BUCKET_NAME: "files",
  BUCKET_ARN: "arn:aws:s3:::files",
} satisfies Environment;
const lambda = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-a-real-key",
  AWS_SESSION_TOKEN: "token",
};
const loginKey = "a key of the tests";
const read = (more: Record<string, string | undefined> = {}) =>
  readSettings({ ...least, ...lambda, ...more });

describe("Settings", () => {
  it("need four variables; the rest has defaults", () => {
    assert.deepEqual(read({ LOGIN_KEY: loginKey }), {
      tableName: "users",
      userStore: "dynamodb",
      secretName: "aws/transfer/{server}/{user}",
      rules: {
        roleArn: least.FILE_ROLE_ARN,
        space: {
          bucketName: "files",
          bucketArn: "arn:aws:s3:::files",
          kmsKeyArn: undefined,
          homePrefix: "users",
          sharedPrefix: "shared",
        },
        allowedCidrs: ["100.64.0.0/10"],
        protocols: ["FTP"],
        lockout: { addressFailures: 5, nameFailures: 100, windowSeconds: 900 },
        rememberSeconds: 604_800,
      },
      loginKey,
      scrypt: { N: 16384, r: 8, p: 1 },
      aws: {
        region: "eu-west-1",
        credentials: {
          accessKeyId: "AKIDEXAMPLE",
          secretAccessKey: "not-a-real-key",
          sessionToken: "token",
        },
        dynamodbEndpoint: undefined,
        secretsManagerEndpoint: undefined,
        timeoutMs: 1500,
        attempts: 3,
      },
    });
  });

  it("can all be given", () => {
    const settings = read({
      KMS_KEY_ARN: "arn:aws:kms:eu-west-1:111122223333:key/1",
      HOME_PREFIX: "devices/home",
      SHARED_PREFIX: "devices/shared",
      ALLOWED_CIDR: "10.0.0.0/8, 192.0.2.0/24",
      PROTOCOLS: "FTP,FTPS",
      USER_STORE: "secretsmanager",
      SECRET_NAME: "SFTP/{user}",
      LOCKOUT_FAILURES: "3",
      LOCKOUT_USER_FAILURES: "30",
      LOCKOUT_WINDOW_SECONDS: "60",
      REMEMBER_SECONDS: "0",
      SCRYPT_LN: "15",
      STORE_TIMEOUT_MS: "700",
      STORE_ATTEMPTS: "2",
      AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:2",
    });
    assert.equal(settings.userStore, "secretsmanager");
    assert.equal(settings.secretName, "SFTP/{user}");
    assert.equal(settings.rules.space.kmsKeyArn, "arn:aws:kms:eu-west-1:111122223333:key/1");
    assert.equal(settings.rules.space.homePrefix, "devices/home");
    assert.equal(settings.rules.space.sharedPrefix, "devices/shared");
    assert.deepEqual(settings.rules.allowedCidrs, ["10.0.0.0/8", "192.0.2.0/24"]);
    assert.deepEqual(settings.rules.protocols, ["FTP", "FTPS"]);
    assert.deepEqual(settings.rules.lockout, {
      addressFailures: 3,
      nameFailures: 30,
      windowSeconds: 60,
    });
    assert.equal(settings.rules.rememberSeconds, 0);
    assert.equal(settings.scrypt.N, 2 ** 15);
    assert.equal(settings.aws.timeoutMs, 700);
    assert.equal(settings.aws.attempts, 2);
    assert.equal(settings.aws.dynamodbEndpoint, "http://127.0.0.1:1");
    assert.equal(settings.aws.secretsManagerEndpoint, "http://127.0.0.1:2");
  });

  it("without a key of digests have one of the process, which cannot be guessed", () => {
    assert.notEqual(read().loginKey, read().loginKey);
    assert.ok(read().loginKey.length >= 32);
  });

  it("that are missing are all named, and no value is", () => {
    assert.throws(
      () => readSettings({ ALLOWED_CIDR: "my-secret" }),
      (error: unknown) =>
        error instanceof BadSettings &&
        error.message ===
          "Missing or not valid: ALLOWED_CIDR, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY, " +
            "BUCKET_ARN, BUCKET_NAME, FILE_ROLE_ARN, TABLE_NAME",
    );
  });

  const bad: [keyof Environment, string][] = [
    ["ALLOWED_CIDR", "100.64.0.0"],
    ["ALLOWED_CIDR", "100.64.0.0/10,"],
    ["ALLOWED_CIDR", "100.64.0.1/10"],
    ["PROTOCOLS", "ftp"],
    ["USER_STORE", "ldap"],
    ["HOME_PREFIX", "/users"],
    ["HOME_PREFIX", "users/"],
    ["HOME_PREFIX", "us*rs"],
    ["SHARED_PREFIX", "users"],
    ["SHARED_PREFIX", "users/shared"],
    ["LOCKOUT_FAILURES", "0"],
    ["LOCKOUT_FAILURES", "-5"],
    ["LOCKOUT_USER_FAILURES", "1e2"],
    ["LOCKOUT_WINDOW_SECONDS", "15m"],
    ["REMEMBER_SECONDS", "2592001"],
    ["LOGIN_KEY", "fifteen letters"],
    ["SECRET_NAME", "SFTP/"],
    ["SECRET_NAME", "{user}/{server}"],
    ["SECRET_NAME", "a b/{user}"],
    ["SCRYPT_LN", "11"],
    ["SCRYPT_LN", "17"],
    ["STORE_TIMEOUT_MS", "0"],
    ["STORE_ATTEMPTS", "0"],
  ];
  for (const [name, value] of bad) {
    it(`${name}=${value} is refused by name`, () => {
      assert.throws(() => read({ [name]: value }), { message: `Missing or not valid: ${name}` });
    });
  }

  it("a shared folder that would hold the homes is refused", () => {
    assert.throws(() => read({ HOME_PREFIX: "shared/users" }), /SHARED_PREFIX/);
    assert.doesNotThrow(() => read({ HOME_PREFIX: "shared-users" }));
  });
});

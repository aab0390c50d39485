import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { IdentityProvider, type IdentityProviderArgs } from "../../components/identity-provider";
import { restApiBody } from "../../components/internal/rest-api-body";
import { verifyPassword } from "../../lambdas/identity-provider/password";
import { make, policyOf } from "../support/evaluate-component";
import { shared } from "../support/shared";

const args: IdentityProviderArgs = {
  grants: {
    roleArn: "arn:aws:iam::123456789012:role/files",
    bucket: "files",
    bucketArn: "arn:aws:s3:::files",
  },
  allowedCidr: "100.64.0.0/10",
};

const makeProvider = shared((changes: Partial<IdentityProviderArgs> = {}) =>
  make("id", () => new IdentityProvider("id", { ...args, ...changes })),
);

describe("components/IdentityProvider", () => {
  it("keeps users in a table that is billed by request, encrypted, and forgets failures by itself", async () => {
    const { inputs } = (await makeProvider()).child("users");
    assert.equal(inputs.hashKey, "pk");
    assert.equal(inputs.billingMode, "PAY_PER_REQUEST");
    assert.equal(inputs.serverSideEncryption, undefined, "a key of DynamoDB's own");
    assert.deepEqual(inputs.ttl, { attributeName: "ttl", enabled: true });
  });

  it("encrypts the table with a given key, which the function may then use", async () => {
    const tableKmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const { child } = await makeProvider({ tableKmsKeyArn });
    assert.deepEqual(child("users").inputs.serverSideEncryption, {
      ...{ enabled: true, kmsKeyArn: tableKmsKeyArn },
    });
    const statements = policyOf(child("login-access")).Statement;
    assert.ok(statements.some(({ Resource }) => Resource === tableKmsKeyArn));
    const without = policyOf((await makeProvider()).child("login-access")).Statement;
    assert.ok(without.every(({ Sid }) => Sid !== "UseKeyOfRecords"));
  });

  it("writes a first user with a hash that is a secret", async () => {
    const users = [{ name: "camera01", passwordHash: "$scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA" }];
    const item = (await makeProvider({ users })).child("user-camera01");
    assert.deepEqual(item.secrets, ["item"]);
    assert.match(String(item.inputs.item), /"pk":\{"S":"user#camera01"\}/);
  });

  it("runs a function that can be invoked quickly, with the names of its resources", async () => {
    const { child } = await makeProvider();
    const { runtime, memorySize, timeout, handler, environment } = child("login-function").inputs;
    assert.deepEqual(
      { runtime, memorySize, timeout, handler },
      { runtime: "nodejs24.x", memorySize: 512, timeout: 15, handler: "index.handler" },
    );
    const { variables } = environment as { variables: Record<string, string> };
    assert.equal(variables.TABLE_NAME, child("users").outputs.name);
    assert.equal(variables.FILE_ROLE_ARN, args.grants.roleArn);
    assert.equal(variables.BUCKET_NAME, "files");
    assert.equal(variables.KMS_KEY_ARN, undefined);
  });

  it("permits the function to use its table and its log, and nothing else", async () => {
    const { child } = await makeProvider();
    const resources = policyOf(child("login-access")).Statement.map(({ Resource }) => Resource);
    assert.deepEqual(resources, [
      child("users").outputs.arn,
      `${String(child("login-logs").outputs.arn)}:*`,
    ]);
  });

  it("is behind a signed method that only Transfer's servers of this account may call", async () => {
    const { child } = await makeProvider();
    const methodArn = `${String(child("api-rest").outputs.executionArn)}/prod/GET/servers/*/users/*/config`;
    assert.deepEqual(
      policyOf(child("api-access")).Statement.map(({ Action, Resource }) => [Action, Resource]),
      [["execute-api:Invoke", methodArn]],
    );
    assert.equal(child("api-permission").inputs.sourceArn, methodArn);
    const [{ Condition }] = policyOf(child("api-caller"), "assumeRolePolicy").Statement;
    assert.deepEqual(Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:transfer:ap-northeast-1:123456789012:server/*" },
    });
  });

  it("logs no request, since a request holds a password, and caches nothing", async () => {
    const { child } = await makeProvider();
    assert.deepEqual(child("api-settings").inputs.settings, {
      metricsEnabled: true,
      loggingLevel: "OFF",
      dataTraceEnabled: false,
    });
    assert.equal(child("api-stage").inputs.cacheClusterEnabled, false);
  });

  it("deploys the API again when its body changes, and only then", async () => {
    const trigger = async (changes: Partial<IdentityProviderArgs>) =>
      (await makeProvider(changes)).child("api-deployment").inputs.triggers;
    const plain = await trigger({});
    assert.deepEqual(await trigger({ logRetentionDays: 7 }), plain);
    const other = JSON.stringify(restApiBody("id-api", "arn:other", 15));
    assert.notEqual(JSON.stringify(plain), other);
  });

  it("stores the hash of a user's password, the same at every evaluation", async () => {
    const hashOf = async (name: string) => {
      const users = [{ name: "camera01", password: pulumi.output("k3Jd82hsQp0xYtz") }];
      const login = { scryptLn: 12 };
      const { child } = await make(
        name,
        () => new IdentityProvider(name, { ...args, users, login }),
      );
      const item = child("user-camera01");
      assert.deepEqual(item.secrets, ["item"]);
      return (JSON.parse(String(item.inputs.item)) as { passwordHashes: { L: { S: string }[] } })
        .passwordHashes.L[0].S;
    };
    const hash = await hashOf("id");
    assert.equal(await hashOf("id"), hash);
    assert.notEqual(await hashOf("other"), hash);
    assert.match(hash, /^\$scrypt\$ln=12,/);
    assert.equal(await verifyPassword("k3Jd82hsQp0xYtz", hash), true);
    assert.equal(await verifyPassword("another", hash), false);
  });

  it("has hashes instead of passwords among its own inputs, as secrets", async () => {
    const users = [{ name: "camera01", password: "k3Jd82hsQp0xYtz" }];
    const { resources } = await makeProvider({ users });
    const component = resources.find(({ type }) => type === "canal-ftp:index:IdentityProvider")!;
    assert.doesNotMatch(JSON.stringify(component.inputs), /k3Jd82hsQp0xYtz/);
    assert.match(JSON.stringify(component.inputs.users), /camera01.*\$scrypt\$/);
    assert.deepEqual(component.secrets, ["users"]);
  });

  for (const [given, user] of [
    ["neither", { name: "camera01" }],
    ["both", { name: "camera01", password: "k3Jd82hsQp0xYtz", passwordHash: "$scrypt$" }],
  ] as const) {
    it(`refuses a user with ${given} of password and hash`, async () => {
      await assert.rejects(
        make("id", () => new IdentityProvider("id", { ...args, users: [user] })),
        new RegExp(`"camera01" of id has ${given} of password and passwordHash; allowed: one`),
      );
    });
  }
});

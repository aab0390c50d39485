import assert from "node:assert/strict";

import { readSettings } from "../../lambdas/identity-provider/settings";
import { checkConfig, SiteConfig } from "../../stacks/site-config";
import { keys } from "../../stacks/site-schema";
import { ownDefaults } from "../support/stack-values";

function check(changes: Record<string, string>, region = "ap-northeast-1", stack = "dev") {
  return checkConfig(stack, region, { ...ownDefaults(), ...changes });
}

function accepted(changes: Record<string, string>, region?: string): SiteConfig {
  const result = check(changes, region);
  assert.ok("config" in result, JSON.stringify(result));
  return result.config;
}

function mistakes(changes: Record<string, string>, region?: string, stack?: string): string[] {
  const result = check(changes, region, stack);
  assert.ok("mistakes" in result, "the configuration was accepted");
  return result.mistakes;
}

describe("stacks/site-config", () => {
  it("accepts the project's defaults, with nothing optional set", () => {
    const config = accepted({});
    assert.equal(config.environment, "dev");
    assert.equal(config.vpcCidr, "10.0.0.0/16");
    assert.equal(config.canal?.vpgId, undefined);
    assert.deepEqual(config.users, []);
    assert.equal(config.expireAfterDays, undefined);
    assert.equal(config.kmsKeyArn, undefined);
  });

  it("gives logins the function's own defaults", () => {
    const { rules, scrypt, userStore, secretName } = readSettings({
      TABLE_NAME: "users",
      FILE_ROLE_ARN: "arn:aws:iam::111122223333:role/files",
      BUCKET_NAME: "files-bucket",
      BUCKET_ARN: "arn:aws:s3:::files-bucket",
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "not-a-real-key",
    });
    assert.deepEqual(accepted({}).login, {
      userStore,
      secretName,
      lockoutFailures: rules.lockout.addressFailures,
      lockoutUserFailures: rules.lockout.nameFailures,
      lockoutWindowSeconds: rules.lockout.windowSeconds,
      rememberSeconds: rules.rememberSeconds,
      scryptLn: Math.log2(scrypt.N),
    });
  });

  it("takes every number of a login, at both ends of what the function takes", () => {
    const ends: [string, number, number][] = [
      ["lockoutFailures", 1, 100],
      ["lockoutUserFailures", 5, 1_000_000],
      ["lockoutWindowSeconds", 1, 86_400],
      ["rememberSeconds", 0, 2_592_000],
      ["scryptLn", 12, 16],
    ];
    for (const [key, least, most] of ends) {
      for (const value of [least, most]) {
        const login: Record<string, unknown> = { ...accepted({ [key]: String(value) }).login };
        assert.equal(login[key], value);
      }
    }
  });

  it("has the same keys as Pulumi.yaml", () => {
    assert.deepEqual(Object.keys(ownDefaults()).sort(), [...keys].sort());
  });

  it("reports all mistakes together, one line each, with what was given and what is allowed", () => {
    const lines = mistakes({
      vpcCidr: "8.8.8.0/24",
      availabilityZones: "9",
      coverage: "global",
      logRetentionDays: "17",
    });
    assert.equal(lines.length, 4, lines.join("\n"));
    assert.match(
      lines.join("\n"),
      /canal-ftp:vpcCidr: "8\.8\.8\.0\/24" given; allowed: a block of/,
    );
    assert.match(lines.join("\n"), /canal-ftp:availabilityZones: "9" given; .* 1 to 3/);
    assert.match(lines.join("\n"), /canal-ftp:coverage: "global" given; allowed: jp or g/);
    assert.match(lines.join("\n"), /canal-ftp:logRetentionDays: "17" given; allowed: 1, 3, 5/);
  });

  const wrong: [string, Record<string, string>, RegExp][] = [
    ["a VPC wider than /16", { vpcCidr: "10.0.0.0/15" }, /vpcCidr/],
    ["a VPC too small for three subnets", { vpcCidr: "10.0.0.0/27" }, /vpcCidr/],
    ["a VPC with host bits", { vpcCidr: "10.0.1.0/16" }, /vpcCidr/],
    ["a VPC in the shared range", { vpcCidr: "100.64.0.0/16" }, /vpcCidr/],
    ["a VPC SORACOM uses in Japan", { vpcCidr: "10.21.0.0/16" }, /10\.21\.0\.0\/16, which SORACOM/],
    [
      "a VPC over the devices' range",
      { vpcCidr: "10.200.0.0/16" },
      /apart from canal-ftp:deviceCidr/,
    ],
    ["devices in the shared range", { deviceCidr: "100.64.0.0/16" }, /deviceCidr/],
    ["devices with public addresses", { deviceCidr: "8.8.0.0/16" }, /deviceCidr/],
    ["devices in the benchmarking range", { deviceCidr: "198.18.0.0/16" }, /deviceCidr/],
    ["everyone allowed", { allowedCidr: "0.0.0.0/0" }, /allowedCidr/],
    ["the VPC allowed instead of the VPG", { allowedCidr: "10.0.0.0/16" }, /allowedCidr/],
    ["vpg without Canal", { canal: "none", allowedCidr: "vpg" }, /allowedCidr/],
    ["no zones", { availabilityZones: "0" }, /1 to 3/],
    ["half a zone", { availabilityZones: "1.5" }, /1 to 3/],
    [
      "a Local Zone",
      { availabilityZoneNames: '["ap-northeast-1-tpe-1a"]' },
      /1 to 3 availability zones/,
    ],
    [
      "a zone of another region",
      { availabilityZoneNames: '["us-west-2a"]' },
      /availability zones of ap-northeast-1, such/,
    ],
    [
      "four zones by name",
      {
        availabilityZoneNames:
          '["ap-northeast-1a","ap-northeast-1b","ap-northeast-1c","ap-northeast-1d"]',
      },
      /1 to 3 availability zones/,
    ],
    ["a VPG id that is none", { vpgId: "vpg-1" }, /vpgId/],
    ["SIM ids without quotes", { simIds: "[8981100000000000000]" }, /in quotes/],
    ["a SIM file that is not there", { simFile: "sims.csv" }, /sims\.csv" given;.* no such file/],
    ["a SIM file outside the project", { simFile: "../sims.csv" }, /below the project's folder/],
    ["a resolver by name", { dnsServers: '["dns.example"]' }, /dnsServers: "dns\.example"/],
    ["half an owner id", { soracomOwner: "canal-ftp/dev" }, /an owner id as canal-ftp status/],
    ["a SIM twice", { simIds: '["8981100000000000000","8981100000000000000"]' }, /only once/],
    ["a mail address without a domain", { alarmEmails: '["ops"]' }, /alarmEmails: "ops"/],
    ["a list that is none", { alarmEmails: "ops@example.com" }, /alarmEmails: .* a list/],
    ["a bucket name in capitals", { bucketName: "MyBucket" }, /bucketName/],
    ["a key that is none", { kmsKeyArn: "alias/mine" }, /kmsKeyArn/],
    ["a table's key that is none", { tableKmsKeyArn: "alias/mine" }, /tableKmsKeyArn/],
    ["a misspelt key", { vpcCdir: "10.0.0.0/16" }, /did you mean canal-ftp:vpcCidr\?/],
    ["a key for ports", { passivePorts: "1-2" }, /AWS fixes the ports at 21 and 8192-8200/],
    ["another kind of provider", { identityProvider: "cognito" }, /apiGateway or lambda/],
    [
      "another kind of user store",
      { userStore: "ldap" },
      /userStore: .*dynamodb or secretsmanager/,
    ],
    ["a lock without a failure", { lockoutFailures: "0" }, /lockoutFailures: .* 1 to 1000000/],
    [
      "a lock of the name before that of the address",
      { lockoutUserFailures: "4" },
      /lockoutUserFailures: 4 given; allowed: at least canal-ftp:lockoutFailures, which is 5/,
    ],
    ["a lock of two days", { lockoutWindowSeconds: "172800" }, /lockoutWindowSeconds/],
    ["remembering for a year", { rememberSeconds: "31536000" }, /rememberSeconds: .* 0 to 2592000/],
    ["a hash that costs nothing", { scryptLn: "4" }, /scryptLn: .* 12 to 16/],
    [
      "users of the table where users are secrets",
      { userStore: "secretsmanager", users: '[{"name":"cam","password":"secret99"}]' },
      /canal-ftp:users: allowed: none with canal-ftp:userStore secretsmanager/,
    ],
    ["half an existing VPC", { existingVpc: '{"vpcId":"vpc-1"}' }, /existingVpc/],
    ["a user without a password", { users: '[{"name":"cam"}]' }, /a password of 1 to 1,024/],
    ["a user of two letters", { users: '[{"name":"ab","password":"secret99"}]' }, /3 to 100/],
    [
      "a user twice",
      { users: '[{"name":"cam","password":"a1"},{"name":"cam","password":"b1"}]' },
      /only once/,
    ],
    ["a user that is a number", { users: "[7]" }, /canal-ftp:users/],
  ];
  for (const [what, changes, message] of wrong) {
    it(`refuses ${what}`, () => {
      const lines = mistakes(changes);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0], message);
    });
  }

  it("never shows a password", () => {
    const users =
      '[{"name":"a","password":"hunter2hunter2"},{"name":"cam","password":"hunter2","x":1}]';
    assert.doesNotMatch(mistakes({ users }).join("\n"), /hunter2/);
  });

  it("requires a region where SORACOM has VPGs", () => {
    assert.match(
      mistakes({}, "eu-west-1")[0],
      /aws:region: "eu-west-1" given; allowed: ap-northeast-1/,
    );
    assert.match(mistakes({ coverage: "g" }, "eu-west-1")[0], /eu-central-1/);
    assert.equal(accepted({ coverage: "g" }, "eu-central-1").region, "eu-central-1");
    assert.equal(
      accepted({ canal: "none", allowedCidr: "10.0.0.0/8" }, "eu-west-1").canal,
      undefined,
    );
  });

  it("takes 10.21.0.0/16 where only Global SIMs are", () => {
    assert.equal(accepted({ coverage: "g", vpcCidr: "10.21.0.0/16" }).vpcCidr, "10.21.0.0/16");
  });

  it("accepts the environment of a stack with another name", () => {
    const result = check({ base: "prod" }, "ap-northeast-1", "osaka");
    assert.ok("config" in result);
    assert.equal(result.config.environment, "prod");
    assert.match(mistakes({}, "ap-northeast-1", "osaka")[0], /canal-ftp:base: .*dev or prod/);
    assert.match(mistakes({ base: "prod" }, "ap-northeast-1", "Osaka_1")[0], /stack name/);
  });

  it("rejects names of buckets that S3 reserves", () => {
    assert.equal(accepted({ bucketName: "plant-files" }).bucketName, "plant-files");
    for (const bucketName of ["xn--files", "amzn-s3-demo-files", "files-s3alias", "files--x-s3"]) {
      assert.match(mistakes({ bucketName })[0], /^canal-ftp:bucketName: .*reserved prefixes/);
    }
  });

  it("takes an existing VPC with all its parts", () => {
    const existing = {
      vpcId: "vpc-0a1b",
      cidr: "172.16.0.0/16",
      subnetIds: ["subnet-0a"],
      routeTableIds: ["rtb-0a"],
    };
    const config = accepted({ existingVpc: JSON.stringify(existing) });
    assert.deepEqual(config.existingVpc, existing);
    const outside = JSON.stringify({ ...existing, cidr: "8.8.0.0/16" });
    assert.match(mistakes({ existingVpc: outside })[0], /existingVpc: "8\.8\.0\.0\/16"/);
  });
});

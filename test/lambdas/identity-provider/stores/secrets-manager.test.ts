import assert from "node:assert/strict";
import { AwsError } from "../../../../lambdas/identity-provider/stores/aws-json";
import { DynamoDbStore } from "../../../../lambdas/identity-provider/stores/dynamodb";
import {
  SecretsManagerStore,
  userInSecret,
} from "../../../../lambdas/identity-provider/stores/secrets-manager";
import { serverItem } from "../../../../lambdas/identity-provider/stores/user-record";
import { Bench, hashes, password, rules, serverId } from "../support/fixtures";

/** As AWS's template for Transfer Family with Secrets Manager has it. */
const template = {
  Password: password,
  Role: "arn:aws:iam::111122223333:role/administrator",
  HomeDirectory: "/another-bucket/another-home",
  HomeDirectoryDetails: '[{"Entry":"/","Target":"/another-bucket"}]',
  Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  PublicKey: "ssh-rsa AAAAB3Nza",
};

/** A store of one secret, or of one that cannot be had. */
function benchOf(secret: object | string | AwsError, names = "aws/transfer/{server}/{user}") {
  const asked: unknown[] = [];
  const store = new SecretsManagerStore(
    async (_operation, input) => {
      asked.push(input);
      if (secret instanceof AwsError) throw secret;
      return { SecretString: typeof secret === "string" ? secret : JSON.stringify(secret) };
    },
    names,
    new DynamoDbStore(
      async (operation) =>
        operation === "BatchGetItem" ? { Responses: { users: [serverItem(serverId)] } } : {},
      "users",
      rules.lockout,
    ),
  );
  const bench = new Bench(store);
  return {
    bench,
    asked,
    ends: (with_ = password) => bench.try({ user: "cam-1", password: with_ }),
  };
}

describe("Secrets of AWS's own template", () => {
  it("log in unchanged, by their name", async () => {
    const { ends, asked } = benchOf(template);
    assert.equal(await ends(), "granted");
    assert.deepEqual(asked, [{ SecretId: `aws/transfer/${serverId}/cam-1` }]);
    assert.equal(await ends("wrong"), "wrong-password");
  });

  it("widen nothing: role, policy and home are the code's", async () => {
    const { bench } = benchOf(template);
    const sourceIp = "100.64.0.10";
    const event = { username: "cam-1", password, protocol: "FTP", serverId, sourceIp };
    const reply = (await bench.handler(event)) as unknown as Record<string, string>;
    assert.equal(reply.Role, rules.roleArn);
    assert.doesNotMatch(JSON.stringify(reply), /administrator|another|ssh-rsa/);
    assert.equal("HomeDirectory" in reply || "PublicKeys" in reply, false);
  });

  it("in clear text cost a refusal as much as hashes do", async () => {
    const { ends, bench } = benchOf(template);
    assert.equal(await ends("wrong"), "wrong-password");
    assert.equal(bench.hashed, 2);
    bench.hashed = 0;
    assert.equal(await ends(), "granted");
    assert.equal(bench.hashed, 0);
  });

  it("prefer the fields of the protocol, even empty ones, as the template does", async () => {
    const { ends } = benchOf({ ...template, FTPPassword: "for-ftp-only" });
    assert.equal(await ends("for-ftp-only"), "granted");
    assert.equal(await ends(), "wrong-password");
    assert.equal(await benchOf({ ...template, FTPPassword: "" }).ends(), "damaged-record");
    assert.equal(await benchOf({ ...template, FTPPassword: null }).ends(), "damaged-record");
    assert.equal(
      await benchOf({ ...template, SFTPPassword: "x", FTPSPassword: "x" }).ends(),
      "granted",
    );
    const from = { AcceptedIpNetwork: "10.0.0.0/8", FTPAcceptedIpNetwork: "100.64.0.0/24" };
    assert.equal(await benchOf({ ...template, ...from }).ends(), "granted");
    const other = { AcceptedIpNetwork: "100.64.0.0/24", FTPAcceptedIpNetwork: "10.0.0.0/8" };
    assert.equal(await benchOf({ ...template, ...other }).ends(), "address-not-allowed");
    const blank = { AcceptedIpNetwork: "10.0.0.0/8", FTPAcceptedIpNetwork: "" };
    assert.equal(await benchOf({ ...template, ...blank }).ends(), "granted");
  });

  it("can have the names of older templates", async () => {
    for (const [names, SecretId] of [
      ["SFTP/{user}", "SFTP/cam-1"],
      ["{server}/{user}", `${serverId}/cam-1`],
    ]) {
      const { ends, asked } = benchOf(template, names);
      assert.equal(await ends(), "granted");
      assert.deepEqual(asked, [{ SecretId }]);
    }
  });

  it("with another tool's values in fields of ours: ignored, with a note", async () => {
    for (const field of [
      { Enabled: "maybe" },
      { Enabled: {} },
      { Enabled: "" },
      { ValidUntil: "2027-03-31" },
      { ValidUntil: "" },
      { Access: "everything" },
      { Access: ["read"] },
      { NextPassword: {} },
    ]) {
      const { ends, bench } = benchOf({ ...template, ...field });
      assert.equal(await ends(), "granted", JSON.stringify(field));
      assert.deepEqual(bench.lines[0].notes, ["foreign-fields-ignored"], JSON.stringify(field));
    }
    const { ends, bench } = benchOf({ ...template, UserId: "cam-1", Enabled: "yes" });
    assert.equal(await ends(), "granted");
    assert.equal(bench.lines[0].notes, undefined);
  });

  it("that are off in any usual notation admit no login", async () => {
    for (const Enabled of [false, "false", "FALSE", "no", "off", 0, "0", "disabled"]) {
      assert.equal(await benchOf({ ...template, Enabled }).ends(), "disabled", String(Enabled));
    }
  });

  it("may contain a hash instead of the password, and the hash is not a valid password", async () => {
    const hash = await hashes.first;
    const { ends } = benchOf({ Password: hash });
    assert.equal(await ends(), "granted");
    assert.equal(await ends(hash), "wrong-password");
    assert.equal(
      await benchOf({ Password: "$scrypt$damaged" }).ends("$scrypt$damaged"),
      "wrong-password",
    );
  });

  it("without a password admit no login", async () => {
    for (const secret of [{}, { Password: "" }, { Password: null }, { Password: ["x"] }]) {
      assert.equal(await benchOf(secret).ends(), "damaged-record", JSON.stringify(secret));
    }
    assert.equal(await benchOf({ Password: "" }).ends(""), "damaged-record");
  });

  it("that make no sense admit no login", async () => {
    for (const secret of [
      "",
      "null",
      "[]",
      "7",
      '{"Password"',
      password,
      { ...template, AcceptedIpNetwork: ["100.64.0.0/10"] },
    ]) {
      assert.equal(await benchOf(secret).ends(), "damaged-record", JSON.stringify(secret));
    }
  });

  it("may allow single addresses and blocks", async () => {
    const ends = (AcceptedIpNetwork: string) => benchOf({ ...template, AcceptedIpNetwork }).ends();
    assert.equal(await ends("100.64.0.10"), "granted");
    assert.equal(await ends("10.0.0.0/8, 100.64.0.0/24"), "granted");
    assert.equal(await ends("100.64.0.11"), "address-not-allowed");
    assert.equal(await ends(""), "granted");
    assert.equal(await ends("  "), "granted");
    assert.equal(await ends("100.64.0.0/10,"), "granted");
    assert.equal(await ends("everywhere"), "address-not-allowed");
  });

  it("may write numbers and flags as such", () => {
    const found = userInSecret("cam-1", '{"Password":"x","Enabled":false,"ValidUntil":17}', "FTP");
    assert.equal(found?.enabled, false);
    assert.equal(found?.validUntil, 17);
  });

  it("that are being deleted are users who were removed; other faults are faults", async () => {
    const deleted =
      "You can't perform this operation on the secret because it was marked for deletion.";
    const fault = (code: string, detail = "") => new AwsError("GetSecretValue", code, detail);
    assert.equal(await benchOf(fault("InvalidRequestException", deleted)).ends(), "unknown-user");
    assert.equal(await benchOf(fault("ResourceNotFoundException")).ends(), "unknown-user");
    for (const code of ["InvalidRequestException", "AccessDeniedException", "DecryptionFailure"]) {
      await assert.rejects(benchOf(fault(code)).ends(), /could not decide/, code);
    }
  });
});

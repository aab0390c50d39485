import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { FtpServer, FtpServerArgs } from "../../components/ftp-server";
import { make } from "../support/evaluate-component";

const args: FtpServerArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  identity: { type: "AWS_LAMBDA", function: pulumi.output("arn:function") },
};

describe("components/FtpServer", () => {
  it("serves FTP only, inside the VPC only, behind its own security group, with no banner", async () => {
    const { child } = await make("ftp", () => new FtpServer("ftp", args));
    const { inputs } = child("server");
    assert.deepEqual(inputs.protocols, ["FTP"]);
    assert.equal(inputs.endpointType, "VPC");
    assert.deepEqual(inputs.endpointDetails, {
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["sg-1"],
    });
    assert.deepEqual(inputs.s3StorageOptions, { directoryListingOptimization: "ENABLED" });
    assert.equal(inputs.preAuthenticationLoginBanner, undefined);
    assert.equal(inputs.postAuthenticationLoginBanner, undefined);
  });

  it("logs to its own group, kept as long as configured", async () => {
    const { child } = await make(
      "ftp",
      () => new FtpServer("ftp", { ...args, logRetentionDays: 7 }),
    );
    assert.equal(child("logs").inputs.retentionInDays, 7);
    assert.deepEqual(child("server").inputs.structuredLogDestinations, [
      `${String(child("logs").outputs.arn)}:*`,
    ]);
  });

  it("calls the given provider", async () => {
    const direct = await make("ftp", () => new FtpServer("ftp", args));
    assert.equal(direct.child("server").inputs.function, "arn:function");
    const identity = {
      type: "API_GATEWAY" as const,
      url: pulumi.output("https://api/prod"),
      invocationRole: pulumi.output("arn:role"),
    };
    const api = await make("ftp", () => new FtpServer("ftp", { ...args, identity }));
    const {
      url,
      invocationRole,
      identityProviderType,
      function: none,
    } = api.child("server").inputs;
    assert.deepEqual(
      [identityProviderType, url, invocationRole, none],
      ["API_GATEWAY", "https://api/prod", "arn:role", undefined],
    );
  });

  it("returns names, the regional one first, and addresses in order", async () => {
    let seen: { names: string[]; addresses: string[] } | undefined;
    await make("ftp", () => {
      const server = new FtpServer("ftp", args);
      pulumi.all([server.dnsNames, server.privateIps]).apply(([names, addresses]) => {
        seen = { names, addresses };
      });
    });
    assert.equal(seen?.names.length, 3);
    assert.doesNotMatch(seen.names[0], /ap-northeast-1[ab]\./);
    assert.match(seen.names[1], /ap-northeast-1a\./);
    assert.equal(seen.addresses.length, 2);
  });

  it("protects the server, not its log, when configured", async () => {
    const { resources } = await make("ftp", () => new FtpServer("ftp", { ...args, protect: true }));
    assert.deepEqual(
      resources.filter(({ protect }) => protect).map(({ name }) => name),
      ["ftp-server"],
    );
  });
});

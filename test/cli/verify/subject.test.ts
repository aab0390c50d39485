import assert from "node:assert/strict";

import type { AwsApi } from "../../../cli/core/aws";
import { openSubject, type VerifyOptions } from "../../../cli/verify/subject";
import { cliContext } from "../../support/cli-context";
import { printing } from "../core/support";
import { desired } from "../status/support";
import { folderWith } from "../support";

describe("openSubject", () => {
  const options: VerifyOptions = { stack: "dev", isStackGiven: true };
  const siteOutputs = {
    bucket: "files",
    serverId: "s-1",
    privateIps: ["10.0.0.5"],
    userTable: "users",
  };
  const open = (
    config: Record<string, unknown>,
    outputs: object = { ...desired.outputs, ...siteOutputs },
  ) =>
    folderWith(config, (root) => {
      const api: AwsApi = { call: <T>() => Promise.resolve({ Account: "123456789012" } as T) };
      const runProgram = () => Promise.resolve(printing(outputs));
      return openSubject(options, cliContext({ root, runProgram, aws: () => api }));
    });

  it("joins configuration and outputs", async () => {
    const { stack, outputs, desired: state, running } = await open({});
    assert.deepEqual([stack, outputs.serverId, running], ["dev", "s-1", undefined]);
    assert.equal(state?.outputs.vpcId, "vpc-1");
  });

  it("has no desired state without Canal, and the allowed range as the devices'", async () => {
    const config = { "canal-ftp:canal": "none", "canal-ftp:allowedCidr": "10.9.0.0/16" };
    const { desired: state, deviceRange, soracom } = await open(config, siteOutputs);
    assert.equal(state, undefined);
    assert.equal(await deviceRange(), "10.9.0.0/16");
    await assert.rejects(soracom(), /has no Canal/);
  });

  it("rejects missing outputs, mistakes of the configuration and another account", async () => {
    await assert.rejects(
      open({}, { ...desired.outputs, bucket: "files" }),
      /has no output serverId, privateIps, userTable: it is not deployed yet/,
    );
    await assert.rejects(open({ "canal-ftp:vpcCidr": "x" }), /canal-ftp:vpcCidr: "x" given/);
    await assert.rejects(
      open({ "aws:allowedAccountIds": ["210987654321"] }),
      /are of account 123456789012; aws:allowedAccountIds .* allows 210987654321/,
    );
  });
});

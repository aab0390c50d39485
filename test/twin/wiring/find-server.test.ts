import assert from "node:assert/strict";

import { keyOf, Resource } from "../../../lib/stack/resource";
import { findServer } from "../../../twin/wiring/find-server";
import { WiringError } from "../../../twin/wiring/wiring-error";

function server(changes: Record<string, unknown> = {}): Resource {
  const outputs = {
    arn: "arn:aws:transfer:ap-northeast-1:123456789012:server/s-1",
    protocols: ["FTP"],
    endpointType: "VPC",
    identityProviderType: "API_GATEWAY",
    endpointDetails: { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    ...changes,
  };
  const [type, name] = ["aws:transfer/server:Server", "ftp"];
  return {
    key: keyOf(type, name),
    type,
    name,
    id: "s-1",
    inputs: outputs,
    outputs,
    secrets: [],
    protect: false,
  };
}

const find = (...resources: Resource[]) =>
  findServer({ project: "p", stack: "dev", outputs: {}, resources });

describe("twin/wiring/find-server", () => {
  it("finds the server with the properties that the wiring needs", () => {
    const { serverId, vpcId, subnetIds, securityGroupIds } = find(server());
    assert.deepEqual(
      { serverId, vpcId, subnetIds, securityGroupIds },
      { serverId: "s-1", vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    );
  });

  const rejected: [string, Resource[], RegExp][] = [
    ["no server", [], /dev has 0/],
    ["two servers", [server(), server()], /dev has 2/],
    ["SFTP only", [server({ protocols: ["SFTP"] })], /Server ftp does not serve FTP/],
    ["a public endpoint", [server({ endpointType: "PUBLIC" })], /AWS allows FTP only with VPC/],
    [
      "users managed by the service",
      [server({ identityProviderType: "SERVICE_MANAGED" })],
      /identityProviderType SERVICE_MANAGED/,
    ],
    ["no subnets", [server({ endpointDetails: { vpcId: "vpc-1" } })], /no subnetIds/],
  ];
  for (const [what, resources, message] of rejected) {
    it(`rejects ${what}`, () => {
      assert.throws(
        () => find(...resources),
        (error: Error) => {
          assert.ok(error instanceof WiringError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});

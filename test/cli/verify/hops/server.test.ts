import assert from "node:assert/strict";

import { serverHop } from "../../../../cli/verify/hops/server";
import type { Subject } from "../../../../cli/verify/subject";
import { desired, problemsOf, remedyOf } from "../../status/support";

describe("serverHop", () => {
  const server = {
    Arn: "arn:aws:transfer:ap-northeast-1:123456789012:server/s-1",
    State: "ONLINE",
    Protocols: ["FTP"],
    EndpointType: "VPC",
    EndpointDetails: { VpcEndpointId: "vpce-1", VpcId: "vpc-1" },
  };
  const check = (
    change: object | undefined = {},
    endpoint: object | undefined = { State: "available" },
    addresses = ["10.0.64.5", "10.0.0.5"],
  ) =>
    serverHop.check({
      aws: {
        server: () => Promise.resolve(change && { ...server, ...change }),
        endpoint: () => Promise.resolve(endpoint),
        addresses: () => Promise.resolve(addresses),
      },
      outputs: { serverId: "s-1", privateIps: ["10.0.0.5", "10.0.64.5"] },
      stack: "dev",
      desired,
    } as unknown as Subject);

  it("accepts the program's server, with its addresses in any order", async () => {
    assert.deepEqual(problemsOf(await check()), []);
  });

  const cases: [change: object, problem: string, remedy: RegExp][] = [
    [{ State: "OFFLINE" }, "s-1: OFFLINE, not ONLINE", /^The server is stopped/],
    [{ State: "STARTING" }, "s-1: STARTING, not ONLINE", /^The server is starting/],
    [{ State: "START_FAILED" }, "s-1: START_FAILED, not ONLINE", /^AWS could not start/],
    [{ State: undefined }, "s-1: not reported, not ONLINE", /^The server is stopped/],
    [{ Protocols: ["FTP", "FTPS"] }, "protocols: FTP, FTPS, not FTP", /changed outside Pulumi/],
    [{ EndpointType: "PUBLIC" }, "endpoint type: PUBLIC, not VPC", /changed outside Pulumi/],
    [
      { EndpointDetails: { VpcEndpointId: "vpce-1", VpcId: "vpc-2" } },
      "VPC: vpc-2, not vpc-1",
      /changed outside Pulumi/,
    ],
  ];
  for (const [change, problem, remedy] of cases) {
    it(`reports ${problem}`, async () => {
      const findings = await check(change);
      assert.deepEqual(problemsOf(findings), [`drift: ${problem}`]);
      assert.match(remedyOf(findings), remedy);
    });
  }

  it("reports an endpoint that is not available, and other addresses", async () => {
    assert.deepEqual(problemsOf(await check({}, { State: "pending" })), [
      "drift: endpoint: pending, not available",
    ]);
    assert.deepEqual(problemsOf(await check({}, { State: "available" }, ["10.0.0.9"])), [
      "drift: addresses: 10.0.0.9, not 10.0.0.5, 10.0.64.5",
    ]);
  });
});

import assert from "node:assert/strict";

import {
  checkAwsPeering,
  checkRoutes,
  checkSoracomPeering,
} from "../../../cli/status/peering-checks";
import { awsView, desired, problemsOf, remedyOf, soracomView } from "./support";

describe("checkSoracomPeering", () => {
  it("accepts a peering that SORACOM lists", () => {
    assert.equal(checkSoracomPeering(desired, soracomView).state, "ok");
  });

  for (const vpcPeeringConnections of [null, { "pcx-2": {} }]) {
    it(`reports a peering that is not in ${JSON.stringify(vpcPeeringConnections)}`, () => {
      const vpg = { ...soracomView.vpg, vpcPeeringConnections };
      const finding = checkSoracomPeering(desired, { ...soracomView, vpg });
      assert.equal(finding.state, "drift");
      assert.match(remedyOf([finding]), /--replace '\S+-canal-peering'$/);
    });
  }

  it("reports it without a VPG", () => {
    assert.equal(checkSoracomPeering(desired, { ...soracomView, vpg: undefined }).state, "drift");
  });
});

describe("checkAwsPeering", () => {
  it("accepts an active peering with the stack's VPC", () => {
    const findings = checkAwsPeering(desired, awsView);
    assert.deepEqual(problemsOf(findings), []);
    assert.equal(findings.length, 2);
  });

  const peering = (Code: string, Message?: string) => ({
    ...awsView,
    peering: { ...awsView.peering, Status: { Code, Message } },
  });
  for (const code of ["initiating-request", "pending-acceptance", "provisioning"]) {
    it(`advises to accept a peering in state ${code}`, () => {
      assert.match(remedyOf(checkAwsPeering(desired, peering(code))), /Accept it: pulumi up/);
    });
  }
  for (const code of ["rejected", "deleted", "expired", "failed"]) {
    it(`advises to create another for a peering in state ${code}`, () => {
      const findings = checkAwsPeering(desired, peering(code, "by 123456789012"));
      assert.deepEqual(problemsOf(findings), [
        `drift: peering pcx-1 at AWS: ${code} (by 123456789012), not active`,
      ]);
      assert.match(remedyOf(findings), /has ended on the AWS side/);
    });
  }

  it("reports a peering that AWS does not know", () => {
    assert.deepEqual(problemsOf(checkAwsPeering(desired, { ...awsView, peering: undefined })), [
      "drift: peering pcx-1 at AWS: does not exist, not active",
    ]);
  });

  it("reports a peering with another VPC", () => {
    const other = { ...awsView.peering, AccepterVpcInfo: { VpcId: "vpc-2" } };
    const findings = checkAwsPeering(desired, { ...awsView, peering: other });
    assert.deepEqual(problemsOf(findings), ["drift: peering's VPC: vpc-2, not vpc-1"]);
    assert.match(remedyOf(findings), /another VPC.*--replace/);
  });
});

describe("checkRoutes", () => {
  const destination = "100.64.152.0/24";
  const second = (...Routes: object[]) => ({
    ...awsView,
    routeTables: [awsView.routeTables[0], { RouteTableId: "rtb-2", Routes }],
  });

  it("accepts an active route to the peering in every table", () => {
    const findings = checkRoutes(desired, awsView, destination);
    assert.deepEqual(problemsOf(findings), []);
    assert.equal(findings.length, 2);
  });

  const [{ Routes }] = awsView.routeTables;
  const cases: [what: string, routes: object[], found: string, remedy: RegExp][] = [
    ["a missing route", [], "no route", /is missing or has another target/],
    [
      "a route to another peering",
      [{ ...Routes[0], VpcPeeringConnectionId: "pcx-2" }],
      "pcx-2",
      /is missing or has another target/,
    ],
    [
      "a route to a gateway",
      [{ ...Routes[0], VpcPeeringConnectionId: undefined, GatewayId: "igw-1" }],
      "igw-1",
      /is missing or has another target/,
    ],
    [
      "a blackhole",
      [{ ...Routes[0], State: "blackhole" }],
      "pcx-1 blackhole",
      /a peering that has ended/,
    ],
  ];
  for (const [what, routes, found, remedy] of cases) {
    it(`reports ${what}`, () => {
      const findings = checkRoutes(desired, second(...routes), destination);
      assert.deepEqual(problemsOf(findings), [
        `drift: route to ${destination} in rtb-2: ${found}, not pcx-1 active`,
      ]);
      assert.match(remedyOf(findings), remedy);
    });
  }

  it("reports a table that does not exist", () => {
    const view = { ...awsView, routeTables: awsView.routeTables.slice(0, 1) };
    assert.match(problemsOf(checkRoutes(desired, view, destination))[0], /no such table/);
  });
});

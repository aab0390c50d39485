import assert from "node:assert/strict";

import { keyOf, Resource } from "../../../lib/stack/resource";
import type { ServerResource } from "../../../twin/wiring/find-server";
import { reachFromDevice } from "../../../twin/wiring/network";

let count = 0;

function resource(type: string, id: string, outputs: Record<string, unknown>): Resource {
  const name = `${id}-${++count}`;
  const rest = { inputs: outputs, secrets: [], protect: false };
  return { key: keyOf(type, name), type, name, id, outputs, ...rest };
}

/** The resources of a working network. */
function network() {
  return {
    vpc: resource("aws:ec2/vpc:Vpc", "vpc-1", { cidrBlock: "10.0.0.0/16" }),
    subnet: resource("aws:ec2/subnet:Subnet", "subnet-1", { cidrBlock: "10.0.0.0/18" }),
    association: resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "assoc-1", {
      subnetId: "subnet-1",
      routeTableId: "rtb-1",
    }),
    control: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "control", {
      securityGroupId: "sg-1",
      cidrIpv4: "100.64.0.0/10",
      ipProtocol: "tcp",
      fromPort: 21,
      toPort: 21,
    }),
    route: resource("aws:ec2/route:Route", "route-1", {
      routeTableId: "rtb-1",
      destinationCidrBlock: "100.64.0.0/16",
      vpcPeeringConnectionId: "pcx-1",
    }),
    peering: resource("command:local:Command", "peering", {
      stdout: JSON.stringify({
        peeringConnectionId: "pcx-1",
        peerVpcId: "vpc-1",
        destinationCidrBlock: "10.0.0.0/16",
      }),
    }),
    accepter: resource(
      "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
      "accepter",
      { vpcPeeringConnectionId: "pcx-1", acceptStatus: "active" },
    ),
  };
}

type Network = Partial<ReturnType<typeof network>>;

const server = {
  resource: resource("aws:transfer/server:Server", "s-1", {}),
  vpcId: "vpc-1",
  subnetIds: ["subnet-1"],
  securityGroupIds: ["sg-1"],
} as unknown as ServerResource;

function ask(parts: Network, device = "100.64.0.10", port = 21, at = server): string {
  const stack = { project: "p", stack: "s", outputs: {}, resources: Object.values(parts) };
  const verdict = reachFromDevice(stack, at, device, port);
  return verdict.allowed ? "allowed" : verdict.reason;
}

/** The network with one resource's outputs changed. */
function changed(
  part: keyof ReturnType<typeof network>,
  outputs: Record<string, unknown>,
): Network {
  const parts = network();
  return { ...parts, [part]: { ...parts[part], outputs: { ...parts[part].outputs, ...outputs } } };
}

function without(part: keyof ReturnType<typeof network>): Network {
  return Object.fromEntries(Object.entries(network()).filter(([name]) => name !== part));
}

describe("twin/wiring/network", () => {
  it("allows a device that rule, route and peering allow", () => {
    assert.equal(ask(network()), "allowed");
  });

  const refusals: [string, () => string, RegExp][] = [
    [
      "a port without a rule",
      () => ask(network(), "100.64.0.10", 8192),
      /no rule that allows TCP port 8192/,
    ],
    [
      "a device outside the rule's range",
      () => ask(network(), "10.1.2.3"),
      /control-\d+ allows tcp port 21 from 100\.64/,
    ],
    [
      "a device outside the route's range",
      () => ask(network(), "100.65.0.1"),
      /no route back to 100\.65\.0\.1/,
    ],
    ["a rule for UDP", () => ask(changed("control", { ipProtocol: "udp" })), /no rule/],
    [
      "a rule of another group",
      () => ask(changed("control", { securityGroupId: "sg-2" })),
      /it has no rule at all/,
    ],
    ["no route", () => ask(without("route")), /route table rtb-1\) has no route back/],
    [
      "a route in another table",
      () => ask(changed("route", { routeTableId: "rtb-2" })),
      /no route back/,
    ],
    [
      "a route elsewhere",
      () => ask(changed("route", { vpcPeeringConnectionId: undefined })),
      /no route back/,
    ],
    ["a subnet without a table", () => ask(without("association")), /route table none\)/],
    [
      "a peering without a request",
      () => ask(without("peering")),
      /that no command of the stack requested/,
    ],
    ["a peering without an accepter", () => ask(without("accepter")), /no accepter accepts/],
    [
      "a peering that is pending",
      () => ask(changed("accepter", { acceptStatus: "pending-acceptance" })),
      /does not accept/,
    ],
    [
      "a peering with another VPC",
      () =>
        ask(
          changed("peering", {
            stdout:
              '{"peeringConnectionId":"pcx-1","peerVpcId":"vpc-2","destinationCidrBlock":"10.0.0.0/16"}',
          }),
        ),
      /peers with vpc-2, but the server is in vpc-1/,
    ],
    [
      "a peering for another block",
      () =>
        ask(
          changed("peering", {
            stdout:
              '{"peeringConnectionId":"pcx-1","peerVpcId":"vpc-1","destinationCidrBlock":"10.9.0.0/16"}',
          }),
        ),
      /which does not contain Subnet/,
    ],
    [
      "a server without a security group",
      () => ask(network(), "100.64.0.10", 21, { ...server, securityGroupIds: [] }),
      /VPC's default group/,
    ],
    [
      "one of two subnets without a route",
      () =>
        ask(
          {
            ...network(),
            second: resource("aws:ec2/subnet:Subnet", "subnet-2", { cidrBlock: "10.0.64.0/18" }),
          } as Network,
          "100.64.0.10",
          21,
          { ...server, subnetIds: ["subnet-1", "subnet-2"] },
        ),
      /subnet-2/,
    ],
  ];
  for (const [what, refusal, reason] of refusals) {
    it(`refuses ${what}, with the reason`, () => assert.match(refusal(), reason));
  }

  it("ignores resources of unknown types", () => {
    const unknown = resource("aws:ssm/parameter:Parameter", "note", {});
    const parts: Network = { ...network(), ...{ unknown } };
    assert.equal(ask(parts), "allowed");
  });

  it("needs no route to a device inside the VPC", () => {
    const parts = changed("control", { cidrIpv4: "10.0.0.0/8" });
    delete parts.route;
    assert.equal(ask(parts, "10.0.3.4"), "allowed");
  });

  it("accepts a rule for every protocol", () => {
    const everything = { ipProtocol: "-1", fromPort: undefined, toPort: undefined };
    assert.equal(ask(changed("control", everything), "100.64.0.10", 8192), "allowed");
  });
});

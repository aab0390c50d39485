import assert from "node:assert/strict";

import { EndpointNetwork, quarterOf } from "../../components/endpoint-network";
import { make } from "../support/evaluate-component";

const allowedCidr = "100.64.0.0/10";

describe("components/EndpointNetwork", () => {
  it("opens the control port and the nine passive ports to the allowed range, and nothing outwards", async () => {
    const { resources, child } = await make(
      "net",
      () => new EndpointNetwork("net", { allowedCidr }),
    );
    const rules = resources.filter(({ type }) => /IngressRule|EgressRule/.test(type));
    assert.deepEqual(
      rules.map(({ inputs: { ipProtocol, fromPort, toPort, cidrIpv4 } }) => ({
        ipProtocol,
        fromPort,
        toPort,
        cidrIpv4,
      })),
      [
        { ipProtocol: "tcp", fromPort: 21, toPort: 21, cidrIpv4: allowedCidr },
        { ipProtocol: "tcp", fromPort: 8192, toPort: 8200, cidrIpv4: allowedCidr },
      ],
    );
    assert.deepEqual(child("security-group").inputs.egress, []);
    assert.equal(child("security-group").inputs.ingress, undefined);
  });

  it("creates isolated subnets, no NAT, with DNS, in the requested number of zones", async () => {
    const { child } = await make(
      "net",
      () => new EndpointNetwork("net", { allowedCidr, cidr: "10.9.0.0/20", availabilityZones: 3 }),
    );
    const { inputs } = child("vpc");
    assert.equal(inputs.cidrBlock, "10.9.0.0/20");
    assert.equal(inputs.numberOfAvailabilityZones, 3);
    assert.deepEqual(inputs.natGateways, { strategy: "None" });
    assert.deepEqual(inputs.subnetSpecs, [{ type: "Isolated", name: "ftp", cidrMask: 22 }]);
    assert.equal(inputs.subnetStrategy, "Auto");
    assert.ok(inputs.enableDnsHostnames && inputs.enableDnsSupport);
  });

  it("cuts a VPC in quarters, however many zones there are", () => {
    assert.equal(quarterOf("10.0.0.0/16"), 18);
    assert.equal(quarterOf("10.0.0.0/26"), 28);
  });

  it("uses an existing VPC and makes only the security group in it", async () => {
    const existing = {
      vpcId: "vpc-1",
      cidr: "10.0.0.0/16",
      subnetIds: ["subnet-1"],
      routeTableIds: ["rtb-1"],
    };
    const { types, child } = await make(
      "net",
      () => new EndpointNetwork("net", { allowedCidr, existing }),
    );
    assert.deepEqual(types, [
      "SecurityGroup",
      "SecurityGroupIngressRule",
      "SecurityGroupIngressRule",
    ]);
    assert.equal(child("security-group").inputs.vpcId, "vpc-1");
  });
});

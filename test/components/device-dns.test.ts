import assert from "node:assert/strict";

import { DeviceDns, DeviceDnsArgs, zoneOf } from "../../components/device-dns";
import { make } from "../support/evaluate-component";

const tags = { project: "p", stack: "s", environment: "e" };

async function makeDns(changes: Partial<DeviceDnsArgs> = {}) {
  let made: DeviceDns | undefined;
  const result = await make("dns", () => {
    made = new DeviceDns("dns", {
      deviceName: "ftp.plant.internal",
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      allowedCidr: "100.64.0.0/10",
      addresses: ["10.0.0.5", "10.0.64.5"],
      tags,
      ...changes,
    });
  });
  const resolverIps = await new Promise<string[]>((resolve) => made!.resolverIps.apply(resolve));
  return { ...result, resolverIps };
}

describe("components/DeviceDns", () => {
  it("answers DNS from the allowed range, over UDP and TCP, and allows no other traffic", async () => {
    const { child, types } = await makeDns();
    assert.deepEqual(types, [
      "Record",
      "ResolverEndpoint",
      "SecurityGroup",
      "SecurityGroupIngressRule",
      "SecurityGroupIngressRule",
      "Zone",
    ]);
    assert.deepEqual(child("security-group").inputs.egress, []);
    for (const ipProtocol of ["udp", "tcp"]) {
      const { inputs } = child(ipProtocol);
      assert.deepEqual(
        [inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv4],
        [ipProtocol, 53, 53, "100.64.0.0/10"],
      );
      assert.equal(inputs.securityGroupId, child("security-group").id);
      assert.equal(inputs.referencedSecurityGroupId, undefined);
    }
  });

  it("has an address in each subnet, and returns them in ascending order", async () => {
    const { child, resolverIps } = await makeDns();
    const { direction, securityGroupIds, ipAddresses } = child("resolver").inputs;
    assert.deepEqual(
      [direction, securityGroupIds, ipAddresses],
      [
        "INBOUND",
        [child("security-group").id],
        [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }],
      ],
    );
    // Of texts 203.0.113.70 would come before 203.0.113.6.
    assert.deepEqual(resolverIps, ["203.0.113.6", "203.0.113.70"]);
    const three = await makeDns({ subnetIds: ["subnet-1", "subnet-2", "subnet-3"] });
    assert.deepEqual(three.resolverIps, ["203.0.113.6", "203.0.113.70", "203.0.113.134"]);
  });

  it("has the name in a zone that only the VPC sees, for all addresses and for a minute", async () => {
    const { child } = await makeDns();
    const { name: zone, vpcs } = child("zone").inputs;
    assert.deepEqual([zone, vpcs], ["plant.internal", [{ vpcId: "vpc-1" }]]);
    const { name, type, ttl, records, zoneId } = child("record").inputs;
    assert.deepEqual(
      [name, type, ttl, records, zoneId],
      ["ftp.plant.internal", "A", 60, ["10.0.0.5", "10.0.64.5"], child("zone").outputs.zoneId],
    );
  });

  it("tags what can be tagged", async () => {
    const { child } = await makeDns();
    for (const suffix of ["security-group", "udp", "tcp", "resolver", "zone"]) {
      const { project, stack, environment } = child(suffix).inputs.tags as typeof tags;
      assert.deepEqual({ project, stack, environment }, tags, suffix);
    }
  });

  it("has a zone of all behind the first dot", () => {
    assert.equal(zoneOf("ftp.plant.internal"), "plant.internal");
    assert.equal(zoneOf("a.b.c.internal"), "b.c.internal");
  });
});

import assert from "node:assert/strict";

import { created } from "./support";

describe("resources/awsx", () => {
  it("a VPC has a subnet, a route table and their association in each zone, and one gateway", () => {
    const { id, outputs, children } = created("awsx:ec2:Vpc", "net", {
      cidrBlock: "10.0.0.0/16",
      numberOfAvailabilityZones: 2,
      subnetSpecs: [{ type: "Isolated", name: "ftp", cidrMask: 18 }],
      tags: { own: "tag" },
    });
    assert.equal(id, "");
    const ofType = (type: string) => children!.filter((child) => child.type === `aws:ec2/${type}`);
    const [vpc] = ofType("vpc:Vpc");
    const [subnets, tables] = [ofType("subnet:Subnet"), ofType("routeTable:RouteTable")];
    assert.deepEqual(
      subnets.map(({ name, inputs }) => [name, inputs.cidrBlock, inputs.availabilityZone]),
      [
        ["net-ftp-1", "10.0.0.0/18", "eu-west-1a"],
        ["net-ftp-2", "10.0.64.0/18", "eu-west-1b"],
      ],
    );
    assert.deepEqual(
      ofType("routeTableAssociation:RouteTableAssociation").map(({ inputs }) => inputs),
      subnets.map((subnet, i) => ({ subnetId: subnet.id, routeTableId: tables[i].id })),
    );
    assert.equal(ofType("internetGateway:InternetGateway")[0].inputs.vpcId, vpc.id);
    assert.equal(children!.length, 8);
    assert.ok(children!.every(({ parent }) => parent === "awsx:ec2:Vpc::net"));
    assert.deepEqual(
      outputs.isolatedSubnetIds,
      subnets.map((subnet) => subnet.id),
    );
    assert.deepEqual(
      outputs.routeTables,
      tables.map((table) => ({ id: table.id })),
    );
    assert.equal(outputs.vpcId, vpc.id);
    assert.deepEqual(vpc.outputs.tagsAll, { stack: "test", own: "tag" });
  });
});

import assert from "node:assert/strict";

import { AwsReader } from "../../../cli/core/aws-reader";
import { Cloud } from "./cloud";

describe("AwsReader", () => {
  const cloud = new Cloud();
  const reader = new AwsReader(cloud.aws());
  cloud.peerings = [
    { id: "pcx-1", code: "active", vpcId: "vpc-1", requesterCidr: "100.64.152.0/24" },
    { id: "pcx-2", code: "deleted", vpcId: "vpc-1", requesterCidr: "100.64.153.0/24" },
    { id: "pcx-3", code: "active", vpcId: "vpc-2", requesterCidr: "100.64.154.0/24" },
  ];
  cloud.routeTables.set("rtb-1", []);

  it("reads the account", async () => {
    assert.equal(await reader.account(), "123456789012");
  });

  it("reads a peering, undefined where AWS has none", async () => {
    assert.equal((await reader.peering("pcx-1"))?.Status?.Code, "active");
    assert.equal(await reader.peering("pcx-9"), undefined);
  });

  it("reads the peerings of a VPC", async () => {
    const ids = (await reader.peeringsOf("vpc-1")).map((one) => one.VpcPeeringConnectionId);
    assert.deepEqual(ids, ["pcx-1", "pcx-2"]);
  });

  it("reads the existing ones among route tables, and without ids calls nothing", async () => {
    const ids = (await reader.routeTables(["rtb-1", "rtb-9"])).map((one) => one.RouteTableId);
    assert.deepEqual(ids, ["rtb-1"]);
    cloud.ran.length = 0;
    assert.deepEqual([await reader.routeTables([]), cloud.ran], [[], []]);
  });
});

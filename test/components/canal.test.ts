import assert from "node:assert/strict";

import { Canal } from "../../components/canal";
import { VirtualPrivateGateway } from "../../components/vpg";
import { make } from "../support/evaluate-component";
import { specOf, vpgArgs } from "./soracom-support";

const canalArgs = {
  vpcId: "vpc-1",
  vpcCidr: "10.0.0.0/16",
  region: "ap-northeast-1",
  accountId: "123456789012",
  routeTableIds: ["rtb-1", "rtb-2"],
};

describe("components/Canal", () => {
  it("creates routes only after the peering is accepted", async () => {
    const { child } = await make("canal", () => {
      const vpg = new VirtualPrivateGateway("gate", vpgArgs);
      return new Canal("canal", { vpg, ...canalArgs });
    });
    for (const suffix of ["route-1", "route-2"]) {
      assert.deepEqual(child(suffix).options?.dependsOn, [child("accepter").key]);
    }
  });

  it("requests and accepts the peering, and adds the route back to every route table", async () => {
    const { child } = await make("canal", () => {
      const vpg = new VirtualPrivateGateway("gate", vpgArgs);
      return new Canal("canal", { vpg, ...canalArgs });
    });
    const { peeringConnectionId } = JSON.parse(String(child("peering").outputs.stdout)) as {
      peeringConnectionId: string;
    };
    const { vpgId, ...request } = specOf(child("peering"));
    assert.match(String(vpgId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(request, {
      coverage: "jp",
      owner: "other-program/test/k3j9x2ab4m/canal",
      peerOwnerId: "123456789012",
      peerRegion: "ap-northeast-1",
      peerVpcId: "vpc-1",
      destinationCidrBlock: "10.0.0.0/16",
    });
    assert.equal(child("accepter").inputs.vpcPeeringConnectionId, peeringConnectionId);
    assert.equal(child("accepter").inputs.autoAccept, true);
    for (const [suffix, table] of [
      ["route-1", "rtb-1"],
      ["route-2", "rtb-2"],
    ]) {
      assert.deepEqual(child(suffix).inputs, {
        routeTableId: table,
        destinationCidrBlock: "100.64.0.0/16",
        vpcPeeringConnectionId: peeringConnectionId,
      });
    }
  });
});

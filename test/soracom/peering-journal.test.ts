import assert from "node:assert/strict";
import {
  madeEntry,
  makingEntry,
  ownPeerings,
  peeringJournals,
} from "../../soracom/peering-journal";

const owner = "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-canal";
const tag = "canal-ftp-peering-vpc-0aaa";
const vpgWith = (entry: string, peerings: Record<string, unknown>) => ({
  vpgId: "vpg-1",
  tags: { name: "site", [tag]: entry },
  vpcPeeringConnections: peerings,
});

describe("soracom/peering-journal", () => {
  it("reads what it writes, with the owner", () => {
    const common = { tag, vpcId: "vpc-0aaa", owner };
    assert.deepEqual(peeringJournals(vpgWith(makingEntry(owner, ["pcx-1", "pcx-2"]), {})), [
      { ...common, making: true, ids: ["pcx-1", "pcx-2"] },
    ]);
    assert.deepEqual(peeringJournals(vpgWith(madeEntry(owner, "pcx-3"), {})), [
      { ...common, making: false, ids: ["pcx-3"] },
    ]);
  });

  const nameless = { "pcx-1": "active", "pcx-2": "active", "pcx-3": "active" };
  it("counts as the stack's own what appeared during the creation, or was recorded", () => {
    const making = vpgWith(makingEntry(owner, ["pcx-1"]), nameless);
    assert.deepEqual(ownPeerings(making, "vpc-0aaa"), ["pcx-2", "pcx-3"]);
    const made = vpgWith(madeEntry(owner, "pcx-3"), nameless);
    assert.deepEqual(ownPeerings(made, "vpc-0aaa"), ["pcx-3"]);
    assert.deepEqual(ownPeerings(made, "vpc-0bbb"), [], "no journal, no claim");
  });

  it("prefers a value that names a VPC, with the recorded one first", () => {
    const named = {
      "pcx-1": { peerVpcId: "vpc-0aaa" },
      "pcx-2": { peerVpcId: "vpc-0bbb" },
      "pcx-3": { peerVpcId: "vpc-0aaa" },
    };
    const vpg = vpgWith(madeEntry(owner, "pcx-3"), named);
    assert.deepEqual(ownPeerings(vpg, "vpc-0aaa"), ["pcx-3", "pcx-1"]);
  });
});

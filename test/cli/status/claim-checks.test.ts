import assert from "node:assert/strict";

import { checkClaim } from "../../../cli/status/claim-checks";
import type { Owned } from "../../../soracom/owned";
import { desired, problemsOf, soracomView } from "./support";

describe("checkClaim", () => {
  const { vpg, group, owned: none } = soracomView;
  const check = (owned: Partial<Owned>) =>
    problemsOf([checkClaim(desired, { ...soracomView, owned: { ...none, ...owned } })]);
  const drift = (found: string) => [
    `drift: claim canal-ftp/dev/k3j9x2ab4m: also carried by ${found}, not only what the stack has`,
  ];

  it("accepts what the stack has", () => {
    assert.deepEqual(check({ vpgs: [vpg], groups: [group] }), []);
  });

  it("reports another VPG or group with the stack's owner id", () => {
    assert.deepEqual(
      check({ vpgs: [vpg, { ...vpg, vpgId: "vpg-2", vpcPeeringConnections: {} }] }),
      drift("VPG vpg-2"),
    );
    assert.deepEqual(
      check({ groups: [group, { ...group, groupId: "group-2" }] }),
      drift("group group-2"),
    );
  });

  it("reports a second peering with the stack's VPC, and not one of an operator with another", () => {
    const vpcPeeringConnections = {
      "pcx-1": { peerVpcId: "vpc-1" },
      "pcx-2": { peerVpcId: "vpc-1" },
      "pcx-3": { peerVpcId: "vpc-3" },
    };
    assert.deepEqual(check({ vpgs: [{ ...vpg, vpcPeeringConnections }] }), drift("peering pcx-2"));
  });
});

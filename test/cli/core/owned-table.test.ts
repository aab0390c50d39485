import assert from "node:assert/strict";

import { ownedItems } from "../../../cli/core/owned-table";
import { makingEntry, peeringJournals, journalTag } from "../../../soracom/peering-journal";

const tags = (value: string) => ({ "canal-ftp-owner": value });

describe("ownedItems", () => {
  it("lists VPGs with their peerings, and groups, by the owner without the resource's name", () => {
    const items = ownedItems({
      vpgs: [
        {
          ...{ vpgId: "v1", status: "failed", tags: tags("canal-ftp/b/1/vpg") },
          vpcPeeringConnections: { "pcx-1": {} },
        },
        { vpgId: "v2", tags: tags("canal-ftp/a/1"), vpcPeeringConnections: null },
      ],
      groups: [
        { groupId: "g1", tags: { ...tags("canal-ftp/b/1/group"), name: "site" } },
        { groupId: "g2", tags: tags("canal-ftp/a/1/group") },
      ],
      givenGroups: [],
      peerings: [],
    });
    assert.deepEqual(items, [
      { owner: "canal-ftp/a/1", kind: "VPG", id: "v2", state: "not reported" },
      { owner: "canal-ftp/a/1", kind: "group", id: "g2", state: "" },
      { owner: "canal-ftp/b/1", kind: "VPG", id: "v1", state: "failed" },
      { owner: "canal-ftp/b/1", kind: "peering", id: "pcx-1", state: "of VPG v1" },
      { owner: "canal-ftp/b/1", kind: "group", id: "g1", state: "site" },
    ]);
  });

  it("lists a group that the owner was given", () => {
    const group = { groupId: "g1", tags: { "canal-ftp-vpg-before": "canal-ftp/a/1/sims true v9" } };
    assert.deepEqual(ownedItems({ vpgs: [], groups: [], givenGroups: [group], peerings: [] }), [
      { owner: "canal-ftp/a/1", kind: "group", id: "g1", state: "not the owner's; is restored" },
    ]);
  });

  it("lists of another's VPG only the owner's peerings", () => {
    const vpg = {
      vpgId: "theirs",
      tags: { [journalTag("vpc-0a")]: makingEntry("canal-ftp/a/1/peering", ["pcx-1"]) },
      vpcPeeringConnections: { "pcx-1": {}, "pcx-2": {} },
    };
    const [journal] = peeringJournals(vpg);
    assert.deepEqual(
      ownedItems({ vpgs: [], groups: [], givenGroups: [], peerings: [{ vpg, journal }] }),
      [
        {
          ...{ owner: "canal-ftp/a/1", kind: "peering", id: "pcx-2" },
          state: "of VPG theirs, which is not the owner's",
        },
      ],
    );
  });
});

import assert from "node:assert/strict";

import type { Job } from "../../soracom/job";
import { findOwned } from "../../soracom/owned";
import { journalTag, madeEntry, makingEntry } from "../../soracom/peering-journal";
import type { Group, Vpg } from "../../soracom/soracom-api";

const owner = "canal-ftp/dev/k3j9x2ab4m";
const tagged = (value: string) => ({ "canal-ftp-owner": value });

async function ownedOf(lists: { vpgs?: Vpg[]; groups?: Group[] }) {
  const soracom = {
    listVpgs: () => Promise.resolve(lists.vpgs ?? []),
    listGroups: () => Promise.resolve(lists.groups ?? []),
  };
  const { vpgs, groups, givenGroups, peerings } = await findOwned(
    { soracom } as unknown as Job,
    owner,
  );
  return {
    vpgs: vpgs.map(({ vpgId }) => vpgId),
    groups: groups.map(({ groupId }) => groupId),
    ...(givenGroups.length > 0 && { given: givenGroups.map(({ groupId }) => groupId) }),
    peerings: peerings.map(({ vpg, journal }) => [vpg.vpgId, journal.vpcId]),
  };
}

describe("findOwned", () => {
  const vpg = (vpgId: string, status: string, tags: Vpg["tags"]) => ({ vpgId, status, tags });

  it("finds what names the owner or one of its resources, and no owner that begins alike", async () => {
    const groups = [owner, `${owner}/group`, `${owner}x`, "canal-ftp/dev", "canal-ftp/dev/other/g"];
    const items = groups.map((value, index) => ({ groupId: `g${index}`, tags: tagged(value) }));
    const untagged = { groupId: "untagged" };
    const found = await ownedOf({ groups: [...items, untagged] });
    assert.deepEqual(found, { vpgs: [], groups: ["g0", "g1"], peerings: [] });
  });

  it("finds VPGs that bill: failed and terminating ones too, terminated ones not", async () => {
    const states = ["creating", "running", "failed", "terminating", "terminated"];
    const vpgs = states.map((state) => vpg(state, state, tagged(`${owner}/vpg`)));
    assert.deepEqual((await ownedOf({ vpgs })).vpgs, states.slice(0, -1));
  });

  it("finds groups that the owner was given, by their note", async () => {
    const noted = (groupId: string, value: string) => ({
      groupId,
      tags: { "canal-ftp-vpg-before": `${value}/sims unset unset` },
    });
    const groups = [noted("mine", owner), noted("another's", "canal-ftp/prod/other")];
    assert.deepEqual(await ownedOf({ groups }), {
      ...{ vpgs: [], groups: [], peerings: [], given: ["mine"] },
    });
  });

  it("finds peerings on VPGs of others by their journal, made or only begun", async () => {
    const journals = {
      [journalTag("vpc-0a")]: madeEntry(`${owner}/peering`, "pcx-1"),
      [journalTag("vpc-0b")]: makingEntry(`${owner}/peering`, []),
      [journalTag("vpc-0c")]: madeEntry("canal-ftp/prod/other/peering", "pcx-3"),
    };
    const vpgs = [
      vpg("given", "running", journals),
      vpg("own", "running", { ...journals, ...tagged(`${owner}/vpg`) }),
      vpg("going", "terminating", journals),
    ];
    assert.deepEqual(await ownedOf({ vpgs }), {
      vpgs: ["own"],
      groups: [],
      // Those on its own VPG go with the VPG.
      peerings: [
        ["given", "vpc-0a"],
        ["given", "vpc-0b"],
      ],
    });
  });
});

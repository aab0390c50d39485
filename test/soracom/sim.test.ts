import assert from "node:assert/strict";

import type { Job } from "../../soracom/job";
import {
  GroupCache,
  type GroupMembers,
  attachSim,
  detachSim,
  finishDetaching,
  isAttached,
  previousGroupTag,
} from "../../soracom/sim";
import type { LostSettings } from "../../soracom/lost-settings";
import type { Group, Sim } from "../../soracom/soracom-api";

const inVpg = { online: true, vpgId: "vpg-1" };
const group = { groupId: "ours", configuration: { SoracomAir: { vpgId: "vpg-1" } } };

/** A group that existed before the stack. */
const given: Group = { ...group, tags: { "canal-ftp-vpg-before": "canal-ftp/dev/1 unset unset" } };

/** SORACOM with these SIMs and groups, and the requests for changes it gets. */
function soracom(sims: readonly Sim[], groups: readonly string[] = []) {
  const changes: string[] = [];
  const change =
    (name: string) =>
    (simOrId: Sim | string, value?: unknown): Promise<void> => {
      const simId = typeof simOrId === "string" ? simOrId : simOrId.simId;
      const given = typeof value === "boolean" ? undefined : value;
      changes.push(
        [name, simId, ...(given === undefined ? [] : [JSON.stringify(given)])].join(" "),
      );
      return Promise.resolve();
    };
  const api = {
    findSim: (simId: string) => Promise.resolve(sims.find((sim) => sim.simId === simId)),
    findGroup: (groupId: string) =>
      Promise.resolve(groups.includes(groupId) ? { groupId } : undefined),
    setSimGroup: change("set"),
    unsetSimGroup: change("unset"),
    putSimTags: change("tag"),
    deleteSimTag: change("untag"),
    resetSession: change("reset"),
  };
  return { changes, job: { sims: api } as unknown as Job };
}

const membersOf = (...sims: Sim[]): GroupMembers => ({
  group,
  sims: new Map(sims.map((sim) => [sim.simId, sim])),
});

describe("isAttached", () => {
  const members = membersOf(
    { simId: "here", sessionStatus: inVpg },
    { simId: "elsewhere", sessionStatus: { online: true } },
    { simId: "offline", sessionStatus: { online: false } },
    { simId: "arc", type: "virtual", arcSessionStatus: { vpgId: "vpg-1" } },
  );

  it("needs the group, and a session in its VPG or none", () => {
    const attached = ["here", "elsewhere", "offline", "arc", "other"].filter((simId) =>
      isAttached(members, simId),
    );
    assert.deepEqual(attached, ["here", "offline", "arc"]);
  });
});

describe("attachSim", () => {
  const attach = async (sim: Sim | undefined, members = membersOf(), before = new Map()) => {
    const { changes, job } = soracom(sim ? [sim] : []);
    const lost = { report: (id: string) => Promise.resolve(void changes.push(`report ${id}`)) };
    const ours = ["ours", "replaced"];
    const attached = await attachSim(job, members, "1", ours, before, lost as LostSettings);
    return { previous: attached.previousGroupId, changes };
  };
  const previous = { [previousGroupTag]: "theirs" };

  it("records the group before it moves the SIM, then resets its session", async () => {
    assert.deepEqual(await attach({ simId: "1", groupId: "theirs" }), {
      previous: "theirs",
      changes: ["report theirs", "tag 1 " + JSON.stringify(previous), 'set 1 "ours"', "reset 1"],
    });
  });

  it("does not tag a SIM that is tagged already, or was in no group", async () => {
    const tagged = await attach({ simId: "1", groupId: "theirs", tags: previous });
    assert.deepEqual(tagged.changes, ["report theirs", 'set 1 "ours"', "reset 1"]);
    assert.deepEqual((await attach({ simId: "1" })).changes, ['set 1 "ours"', "reset 1"]);
  });

  it("removes the tag of an earlier time from a SIM in no group", async () => {
    const { changes } = await attach({ simId: "1", tags: previous });
    assert.deepEqual(changes, [`untag 1 "${previousGroupTag}"`, 'set 1 "ours"', "reset 1"]);
  });

  it("takes a SIM of the replaced group for one that comes from the group before it", async () => {
    const sim = { simId: "1", groupId: "replaced", tags: previous };
    assert.equal((await attach(sim, membersOf(), new Map([["1", "theirs"]]))).previous, "theirs");
  });

  it("changes nothing on a member whose session is in the VPG, and resets another's", async () => {
    const member = { simId: "1", groupId: "ours", tags: previous };
    const here = membersOf({ ...member, sessionStatus: inVpg });
    assert.deepEqual(await attach(undefined, here), { previous: "theirs", changes: [] });
    const elsewhere = membersOf({ ...member, sessionStatus: { online: true } });
    assert.deepEqual((await attach(undefined, elsewhere)).changes, ["reset 1"]);
  });

  it("notes in a given group that a SIM was in no group, and takes a member for one of its own", async () => {
    const members = { ...membersOf(), group: given };
    const { changes } = await attach({ simId: "1" }, members);
    assert.equal(changes[0], `tag 1 ${JSON.stringify({ [previousGroupTag]: "none" })}`);
    const member = { simId: "1", groupId: "ours", sessionStatus: inVpg };
    const own = await attach(undefined, { ...membersOf(member), group: given });
    assert.deepEqual(own, { previous: "ours", changes: [] });
  });

  it("rejects for a SIM that SORACOM does not have", async () => {
    await assert.rejects(attach(undefined), { name: "UnknownSimError", simId: "1" });
  });
});

describe("detachSim", () => {
  const detach = async (sim: Omit<Sim, "simId">, groups: string[], from: Group = group) => {
    const { changes, job } = soracom([], groups);
    await detachSim(job, from, { simId: "1", ...sim }, new Map(), new GroupCache(job));
    return changes;
  };
  const tags = { [previousGroupTag]: "theirs" };

  it("returns the SIM to its group, resets its session and removes the tag", async () => {
    assert.deepEqual(await detach({ tags }, ["theirs"]), [
      'set 1 "theirs"',
      "reset 1",
      `untag 1 "${previousGroupTag}"`,
    ]);
  });

  it("takes the SIM out of the group when there is no group to return to", async () => {
    assert.deepEqual(await detach({}, []), ["unset 1", "reset 1"]);
    assert.equal((await detach({ tags }, []))[0], "unset 1");
  });

  it("leaves a SIM in a given group that had it from the start, and takes out one from no group", async () => {
    assert.deepEqual(await detach({}, [], given), []);
    const none = { tags: { [previousGroupTag]: "none" } };
    assert.equal((await detach(none, [], given))[0], "unset 1");
  });
});

describe("finishDetaching", () => {
  const finish = async (sims: readonly Sim[]) => {
    const { changes, job } = soracom(sims);
    await finishDetaching(job, group, "1");
    return changes;
  };

  it("resets a session that is still in the VPG, and removes the tag", async () => {
    const tags = { [previousGroupTag]: "theirs" };
    const untag = `untag 1 "${previousGroupTag}"`;
    assert.deepEqual(await finish([{ simId: "1", tags, sessionStatus: inVpg }]), [
      "reset 1",
      untag,
    ]);
    assert.deepEqual(await finish([{ simId: "1", tags }]), [untag]);
  });

  it("leaves a SIM that was moved since, or is gone", async () => {
    assert.deepEqual(await finish([{ simId: "1", sessionStatus: { online: true } }]), []);
    assert.deepEqual(await finish([]), []);
  });
});

describe("GroupCache", () => {
  it("requests a group once, and again after a failure", async () => {
    let requests = 0;
    const findGroup = () =>
      ++requests === 1 ? Promise.reject(new Error("no")) : Promise.resolve({ groupId: "g" });
    const groups = new GroupCache({ sims: { findGroup } } as unknown as Job);
    await assert.rejects(groups.has("g"));
    assert.deepEqual([await groups.has("g"), await groups.has("g"), requests], [true, true, 2]);
  });
});

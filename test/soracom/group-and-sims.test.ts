import assert from "node:assert/strict";
import type { Fetch } from "../../soracom/api-client";
import { GroupResult, SimsResult, VpgResult } from "../../soracom/spec";
import { GroupRecord, SimRecord } from "../../fakes/soracom/world";
import { Lab, specs } from "./lab";

describe("group and sims", () => {
  let lab: Lab;
  let vpgId: string;
  let group: GroupResult;

  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(async () => {
    lab.reset({ pageSize: 2 });
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
    group = await lab.good<GroupResult>("group ensure", specs.group(vpgId));
  });
  after(() => lab.close());

  const record = (): GroupRecord => {
    const found = lab.api.world.groups.get(group.groupId);
    assert.ok(found);
    return found;
  };
  const sim = (simId: string): SimRecord => {
    const found = lab.api.world.sims.get(simId);
    assert.ok(found);
    return found;
  };
  const otherGroup = (groupId: string): void => {
    lab.api.world.groups.set(groupId, { groupId, tags: {}, configuration: {}, createdTime: 0 });
  };
  const attach = (simIds: string[], previous?: object): Promise<SimsResult> =>
    lab.good<SimsResult>("sims attach", specs.sims(group.groupId, simIds), { previous });
  const detach = (simIds: string[], previous?: object): Promise<object> =>
    lab.good("sims detach", specs.sims(group.groupId, simIds), { previous });

  it("the group names the VPG, and is found again without the previous output", async () => {
    assert.deepEqual(record().configuration, { SoracomAir: { useVpg: true, vpgId } });
    assert.deepEqual(await lab.good("group ensure", specs.group(vpgId)), group);
    assert.equal(lab.api.world.groups.size, 1);
  });

  it("custom DNS is set and switched off in place, other settings stay", async () => {
    const withDns = { ...specs.group(vpgId), dnsServers: ["10.0.0.2", "10.0.1.2"] };
    await lab.good("group ensure", withDns, { previous: group });
    const air = { useVpg: true, vpgId, useCustomDns: true, dnsServers: ["10.0.0.2", "10.0.1.2"] };
    assert.deepEqual(record().configuration.SoracomAir, air);
    await lab.good("group ensure", specs.group(vpgId), { previous: group });
    assert.deepEqual(record().configuration.SoracomAir, { ...air, useCustomDns: false });
  });

  const second = () =>
    lab.api.world.groups.set("second", {
      ...structuredClone(record()),
      ...{ groupId: "second", createdTime: Date.now() + 60_000 },
    });

  it("keeps the older of two groups, and deletes the other when it has no SIM", async () => {
    second();
    lab.api.world.addSim("a", { groupId: "second" });
    const { stderr } = await lab.run("group ensure", specs.group(vpgId));
    assert.match(stderr, /group second was created twice and has 1 SIMs, so it stays/);
    lab.api.world.sims.clear();
    assert.deepEqual(await lab.good("group ensure", specs.group(vpgId)), group);
    assert.deepEqual([...lab.api.world.groups.keys()], [group.groupId]);
  });

  it("removes both of two groups", async () => {
    second();
    await lab.good("group remove", specs.group(vpgId), { previous: group });
    assert.equal(lab.api.world.groups.size, 0);
  });

  it("SIMs join, start a new session in the VPG, and return to their groups", async () => {
    otherGroup("theirs");
    lab.api.world.addSim("a", { groupId: "theirs" });
    lab.api.world.addSim("b");
    lab.api.world.addSim("c", { online: false });
    const attached = await attach(["a", "b", "c"]);
    assert.deepEqual(attached, {
      groupId: group.groupId,
      simsFrom: { theirs: ["a"], "": ["b", "c"] },
    });
    assert.deepEqual([sim("a").sessionVpgId, sim("b").sessionVpgId], [vpgId, vpgId]);
    await detach(["a", "b", "c"], attached);
    assert.deepEqual([sim("a").groupId, sim("b").groupId], ["theirs", null]);
    assert.deepEqual([sim("a").tags, sim("a").sessionVpgId], [{}, null]);
    await detach(["a", "b", "c"], attached);
  });

  it("attaching again disturbs no session and remembers the groups", async () => {
    otherGroup("theirs");
    lab.api.world.addSim("a", { groupId: "theirs" });
    const first = await attach(["a"]);
    lab.api.calls.length = 0;
    assert.deepEqual(await attach(["a"], first), first);
    assert.deepEqual(
      lab.api.calls.map(({ operationId }) => operationId),
      ["auth", "getGroup", "listSubscribersInGroup"],
    );
  });

  it("SIMs taken out of the list go back, the others stay", async () => {
    otherGroup("theirs");
    for (const simId of ["a", "b"]) lab.api.world.addSim(simId, { groupId: "theirs" });
    const first = await attach(["a", "b"]);
    const second = await attach(["b"], first);
    assert.deepEqual([sim("a").groupId, sim("b").groupId], ["theirs", group.groupId]);
    assert.deepEqual(second.simsFrom, { theirs: ["b"] });
  });

  it("a SIM keeps the group it came from when the Canal group was replaced", async () => {
    otherGroup("theirs");
    lab.api.world.addSim("a", { groupId: "theirs" });
    const first = await attach(["a"]);
    otherGroup("new");
    const spec = specs.sims("new", ["a"]);
    const { simsFrom } = await lab.good<SimsResult>("sims attach", spec, { previous: first });
    assert.deepEqual(simsFrom, { theirs: ["a"] });
    assert.equal(sim("a").groupId, "new");
  });

  it("on detach, a SIM moved since is left, a terminated one is fine, a vanished group is none", async () => {
    otherGroup("theirs");
    otherGroup("elsewhere");
    for (const simId of ["moved", "terminated", "orphan"]) {
      lab.api.world.addSim(simId, { groupId: "theirs" });
    }
    const attached = await attach(["moved", "terminated", "orphan"]);
    sim("moved").groupId = "elsewhere";
    lab.api.world.sims.delete("terminated");
    lab.api.world.groups.delete("theirs");
    await detach(["moved", "terminated", "orphan"], attached);
    assert.deepEqual([sim("moved").groupId, sim("orphan").groupId], ["elsewhere", null]);
  });

  it("SIMs that do not exist cost one lookup, are reported, and keep no other from joining", async () => {
    lab.api.world.addSim("a");
    lab.api.calls.length = 0;
    const spec = specs.sims(group.groupId, ["nix", "a", "nothing"]);
    const { error } = await lab.run("sims attach", spec);
    assert.match(error?.message ?? "", /^1 of 3 SIMs attached, 2 failed\. Run the same command/);
    assert.match(error?.message ?? "", /^ {2}SIM nix: SORACOM has no SIM with this id/m);
    assert.match(error?.message ?? "", /^ {2}SIM nothing: /m);
    assert.equal(sim("a").groupId, group.groupId);
    const lookups = lab.api.calls.filter(({ operationId }) => operationId === "getSim");
    assert.equal(lookups.length, 3);
  });

  it("a run without the previous output resets no session that is in the VPG", async () => {
    const { groupId } = group;
    lab.api.world.addSim("a", { groupId, sessionVpgId: vpgId });
    lab.api.world.addSim("b", { groupId });
    lab.api.world.addSim("c", { groupId, virtual: true, sessionVpgId: vpgId });
    lab.api.world.addSim("d", { groupId, online: false });
    lab.api.calls.length = 0;
    await attach(["a", "b", "c", "d"]);
    const resets = lab.api.calls.filter(({ operationId }) => operationId.includes("Session"));
    assert.deepEqual(
      resets.map(({ path }) => path),
      ["/v1/sims/b/delete_session"],
    );
  });

  it("a virtual SIM joins and leaves as others do", async () => {
    otherGroup("theirs");
    lab.api.world.addSim("v", { virtual: true, groupId: "theirs" });
    const attached = await attach(["v"]);
    assert.deepEqual([sim("v").groupId, sim("v").sessionVpgId], [group.groupId, vpgId]);
    await detach(["v"], attached);
    assert.deepEqual([sim("v").groupId, sim("v").sessionVpgId], ["theirs", null]);
  });

  it("the removal of a group returns SIMs that others added", async () => {
    otherGroup("theirs");
    const groupId = group.groupId;
    lab.api.world.addSim("by the console", { groupId, sessionVpgId: vpgId });
    lab.api.world.addSim("by canal-ftp sims", {
      groupId,
      tags: { "canal-ftp-previous-group": "theirs" },
    });
    await lab.good("group remove", specs.group(vpgId), { previous: group });
    assert.deepEqual([...lab.api.world.groups.keys()], ["theirs"]);
    assert.deepEqual(
      [sim("by the console").groupId, sim("by canal-ftp sims").groupId],
      [null, "theirs"],
    );
    assert.equal(sim("by the console").sessionVpgId, null);
  });

  it("a group is removed although a SIM is listed late", async () => {
    lab.api.world.addSim("late", { groupId: group.groupId });
    let lists = 0;
    const wrapFetch =
      (send: Fetch): Fetch =>
      (input, init) =>
        String(input).endsWith("/subscribers") && ++lists === 1
          ? Promise.resolve(Response.json([]))
          : send(input, init);
    await lab.good("group remove", specs.group(vpgId), { previous: group, wrapFetch });
    assert.equal(sim("late").groupId, null);
    assert.equal(lab.api.world.groups.size, 0);
  });

  it("detaching succeeds when the group no longer exists", async () => {
    lab.api.world.addSim("a");
    const attached = await attach(["a"]);
    lab.api.world.groups.clear();
    await detach(["a"], attached);
  });
});

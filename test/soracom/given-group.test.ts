import assert from "node:assert/strict";

import type { AirConfig } from "../../fakes/soracom/world";
import type { GroupResult, VpgResult } from "../../soracom/spec";
import { Lab, specs } from "./lab";

describe("a group that existed before the stack", () => {
  let lab: Lab;
  let vpgId: string;
  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());
  beforeEach(async () => {
    lab.reset();
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
  });

  const other = { SoracomBeam: { "mqtt://beam.soracom.io:1883": { enabled: true } } };
  const add = (SoracomAir?: AirConfig) => {
    const configuration = { ...other, ...(SoracomAir && { SoracomAir }) };
    const tags = { name: "cameras" };
    lab.api.world.groups.set("given", { groupId: "given", tags, configuration, createdTime: 0 });
  };
  const group = () => lab.api.world.snapshot().groups.find(({ groupId }) => groupId === "given")!;
  const spec = (more: object = {}) => ({ ...specs.group(vpgId), groupId: "given", ...more });
  const ensure = (previous?: GroupResult) =>
    lab.good<GroupResult>("group ensure", spec(), { previous });
  const remove = (previous?: GroupResult) => lab.run("group remove", spec(), { previous });

  it("gets the VPG and keeps everything else; a rerun changes nothing", async () => {
    add({ useCustomDns: true, dnsServers: ["10.9.9.9"] });
    const made = await ensure();
    assert.deepEqual(made, { groupId: "given", vpgId, adopted: true, tagNames: [] });
    assert.deepEqual(group().configuration, {
      ...other,
      SoracomAir: { useCustomDns: true, dnsServers: ["10.9.9.9"], useVpg: true, vpgId },
    });
    assert.deepEqual(group().tags, {
      name: "cameras",
      "canal-ftp-vpg-before": "canal-ftp/test/group unset unset",
    });
    lab.api.calls.length = 0;
    assert.deepEqual(await ensure(made), made);
    assert.deepEqual(
      lab.api.calls.filter(({ method }) => method !== "GET"),
      [],
    );
  });

  it("gets back a VPG of before, a setting that was off, and none", async () => {
    const { vpgId: theirs } = await lab.good<VpgResult>("vpg ensure", {
      ...specs.vpg,
      owner: "canal-ftp/other/vpg",
    });
    for (const before of [
      { useVpg: true, vpgId: theirs },
      { useVpg: false, vpgId: theirs },
      { useVpg: false },
      {},
    ]) {
      add({ ...before });
      const made = await ensure();
      assert.equal(group().configuration.SoracomAir?.vpgId, vpgId);
      const { error, stderr } = await remove(made);
      assert.equal(error, undefined, error?.message);
      assert.match(stderr, /group given existed before this stack and stays, with its former/);
      assert.deepEqual(group().configuration, { ...other, SoracomAir: before });
      assert.deepEqual(group().tags, { name: "cameras" });
    }
  });

  it("is restored without the state, and a second removal changes nothing", async () => {
    add();
    await ensure();
    await remove();
    await remove();
    assert.deepEqual(group().configuration, { ...other, SoracomAir: {} });
  });

  it("keeps a VPG that it was given since, and is switched off when its former VPG is gone", async () => {
    add();
    await ensure();
    lab.api.world.groups.get("given")!.configuration.SoracomAir = { useVpg: true, vpgId: "newer" };
    assert.match(
      (await remove()).stderr,
      /group given was changed to VPG newer since, which stays/,
    );
    assert.equal(group().configuration.SoracomAir?.vpgId, "newer");
    assert.deepEqual(group().tags, { name: "cameras" });

    add({ useVpg: true, vpgId: "gone" });
    await ensure();
    assert.match((await remove()).stderr, /its former VPG gone no longer exists: set to none/);
    assert.deepEqual(group().configuration.SoracomAir, { useVpg: false });
  });

  it("keeps its own SIMs, and loses those that were attached", async () => {
    add();
    lab.api.world.groups.set("theirs", {
      ...{ groupId: "theirs", tags: {}, configuration: {}, createdTime: 0 },
    });
    lab.api.world.addSim("own", { groupId: "given" });
    lab.api.world.addSim("listed", { groupId: "given" });
    lab.api.world.addSim("moved", { groupId: "theirs" });
    lab.api.world.addSim("fresh");
    const made = await ensure();
    const sims = specs.sims("given", ["listed", "moved", "fresh"]);
    const attached = await lab.good("sims attach", sims);
    assert.deepEqual(attached, {
      groupId: "given",
      simsFrom: { given: ["listed"], theirs: ["moved"], "": ["fresh"] },
    });
    assert.equal(lab.api.world.sims.get("listed")?.sessionVpgId, vpgId);
    assert.equal(lab.api.world.sims.get("own")?.sessionVpgId, null, "its session is not reset");
    await lab.good("sims detach", sims, { previous: attached });
    await remove(made);
    const groups = lab.api.world.snapshot().sims.map(({ simId, groupId }) => [simId, groupId]);
    assert.deepEqual(Object.fromEntries(groups), {
      ...{ own: "given", listed: "given", moved: "theirs", fresh: null },
    });
    assert.ok([...lab.api.world.sims.values()].every(({ tags }) => Object.keys(tags).length === 0));
  });

  it("is refused when it does not exist, or another stack uses it", async () => {
    const { error } = await lab.run("group ensure", spec());
    assert.match(
      error?.message ?? "",
      /^SORACOM has no group given with coverage "jp": check canal/,
    );
    add();
    await ensure();
    const others = spec({ owner: "canal-ftp/test2/group" });
    const second = await lab.run("group ensure", others);
    assert.match(
      second.error?.message ?? "",
      /^Group given is already used by canal-ftp\/test\/gr/,
    );
  });

  for (const moment of ["before", "after"] as const) {
    it(`a run that is stopped ${moment} any call is completed by the next, and then undone`, async () => {
      add();
      await ensure();
      await remove();
      const clean = group();
      lab.api.calls.length = 0;
      await ensure();
      const calls = lab.api.calls.length;
      await remove();
      assert.ok(calls >= 3);
      for (let at = 0; at < calls; at++) {
        let seen = 0;
        const stop = new AbortController();
        lab.api.watch((_call, when) => {
          if (when === moment && seen++ === at) stop.abort();
        });
        await lab.run("group ensure", spec(), { stop: stop.signal });
        lab.api.watch(undefined);
        if (at % 2 === 0) await ensure();
        await remove();
        assert.deepEqual(group(), clean, `${moment} call ${at}`);
      }
    });
  }
});

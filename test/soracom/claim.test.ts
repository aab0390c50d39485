import assert from "node:assert/strict";
import type { ClaimResult, GroupResult, VpgResult } from "../../soracom/spec";
import type { RunCli } from "../../soracom/run-cli";
import { Lab, never, specs } from "./lab";

describe("claim", function () {
  this.timeout(120_000);
  let lab: Lab;
  before(async () => (lab = await Lab.open()));
  after(() => lab.close());
  beforeEach(() => lab.reset());

  const claim = (previous?: ClaimResult, changes: object = {}) =>
    lab.good<ClaimResult>("claim ensure", { ...specs.claim, ...changes }, { previous });
  const remove = (previous: ClaimResult) =>
    lab.good<object>("claim remove", specs.claim, { previous });

  /** Specs of a site under this claim. */
  const under = ({ owner }: ClaimResult) => ({
    vpg: { ...specs.vpg, owner: `${owner}/site-vpg` },
    peering: (vpgId: string) => ({ ...specs.peering(vpgId), owner: `${owner}/site-canal` }),
    group: (vpgId: string) => ({ ...specs.group(vpgId), owner: `${owner}/site-sims` }),
  });
  const live = () => [...lab.api.world.vpgs.values()].filter((vpg) => vpg.status !== "terminated");

  it("makes a new id each time, and keeps it", async () => {
    const first = await claim();
    assert.match(first.owner, /^canal-ftp\/test\/[a-z2-9]{10}$/);
    assert.notEqual((await claim()).owner, first.owner);
    assert.deepEqual(await claim(first), first);
    assert.deepEqual(
      lab.api.calls.map(({ operationId }) => operationId),
      ["auth", "listVirtualPrivateGateways", "auth", "listVirtualPrivateGateways"],
      "it creates nothing",
    );
  });

  it("fails for a key that SORACOM refuses, before there is an id", async () => {
    const wrap = () => async () => ({
      exitCode: 255,
      stdout: "",
      stderr: 'Error: {"code":"AUM0000","message":"nope"}\n',
    });
    const { result, error } = await lab.run("claim ensure", specs.claim, { wrap });
    assert.equal(result, undefined);
    assert.match(error?.message ?? "", /^SORACOM refused the key: AUM0000/);
  });

  it("keeps every coverage", async () => {
    const first = await claim();
    const second = await claim(first, { coverage: "g" });
    assert.deepEqual(second, { owner: first.owner, coverages: ["jp", "g"] });
  });

  it("takes over a given id on a new stack, and refuses another one on a stack that has one", async () => {
    const owner = "canal-ftp/test/aaaaaaaaaa";
    assert.equal((await claim(undefined, { owner })).owner, owner);
    const previous = await claim();
    const { error } = await lab.run("claim ensure", { ...specs.claim, owner }, { previous });
    assert.match(error?.message ?? "", /^This stack has the owner id .* cannot take over/);
  });

  it("its delete removes VPG, peering, group and SIM membership, and nothing of another stack of that name", async () => {
    const sites = [await claim(), await claim()];
    const groups: GroupResult[] = [];
    for (const site of sites) {
      const vpg = await lab.good<VpgResult>("vpg ensure", under(site).vpg);
      await lab.good("peering ensure", under(site).peering(vpg.vpgId));
      groups.push(await lab.good<GroupResult>("group ensure", under(site).group(vpg.vpgId)));
    }
    assert.equal(live().length, 2, "two stacks of one name have two VPGs");
    for (const { groupId } of groups) lab.api.world.addSim(`in-${groupId}`, { groupId });
    await remove(sites[0]);
    assert.deepEqual([live().length, lab.api.world.groups.size], [1, 1]);
    assert.deepEqual(
      [...lab.api.world.sims.values()].map(({ groupId }) => groupId),
      [null, groups[1].groupId],
    );
    await remove(sites[1]);
    assert.deepEqual([live().length, lab.api.world.groups.size], [0, 0]);
  });

  it("its delete removes a peering from a VPG that the stack was given, and leaves the VPG", async () => {
    const { vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg);
    const site = await claim();
    await lab.good("peering ensure", under(site).peering(vpgId));
    await remove(site);
    const [vpg] = live();
    assert.deepEqual([vpg.vpgId, vpg.peerings], [vpgId, {}]);
    assert.ok(!Object.keys(vpg.tags).some((name) => name.startsWith("canal-ftp-peering")));
  });

  it("its delete waits for a VPG that is still being created, and for one that is listed late", async () => {
    lab.reset({ readsUntilReady: 3, hiddenReads: 6 });
    const site = await claim();
    const wrap =
      (runCli: RunCli): RunCli =>
      async (args, env) => {
        const result = await runCli(args, env);
        return args[1] === "create" ? never : result;
      };
    const created = new Promise<void>((resolve) =>
      lab.api.watch((call, moment) => {
        if (call.operationId === "createVirtualPrivateGateway" && moment === "after") resolve();
      }),
    );
    void lab.run("vpg ensure", under(site).vpg, { wrap });
    await created;
    lab.api.watch(undefined);
    await remove(site);
    assert.deepEqual(live(), []);
  });

  it("killed with a creation of a minute in flight, rerun immediately: one is kept, then none is left", async () => {
    lab.reset({ hiddenReads: 6 });
    const site = await claim();
    let finish = (): void => undefined;
    let isFirst = true;
    const started = new Promise<void>((resolve) =>
      lab.api.watch((call, moment) => {
        if (!isFirst || moment !== "before") return undefined;
        if (call.operationId !== "createVirtualPrivateGateway") return undefined;
        isFirst = false;
        resolve();
        return new Promise<void>((release) => (finish = release));
      }),
    );
    void lab.run("vpg ensure", under(site).vpg, {
      wrap: (runCli) => (args, env) =>
        args[1] === "create" ? runCli(args, env).then(() => never) : runCli(args, env),
    });
    await started;
    // The first creation is carried out while the second run waits for its own VPG.
    const second = lab.good<VpgResult>("vpg ensure", under(site).vpg);
    while (live().length === 0) await new Promise(setImmediate);
    finish();
    const { vpgId } = await second;
    assert.deepEqual(
      live().map((vpg) => [vpg.vpgId, vpg.status]),
      [[vpgId, "running"]],
    );
    await remove(site);
    assert.deepEqual(live(), []);
  });
});

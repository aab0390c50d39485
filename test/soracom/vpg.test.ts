import assert from "node:assert/strict";
import { VpgResult } from "../../soracom/spec";
import type { VpgRecord } from "../../fakes/soracom/world";
import { Lab, RunOptions, specs, summary } from "./lab";

describe("vpg", () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(() => lab.reset());
  after(() => lab.close());

  const vpgs = (): string[] =>
    [...lab.api.world.vpgs.values()].map(({ vpgId, status }) => `${vpgId} ${status}`);
  const ensure = (changes: object = {}, previous?: object): Promise<VpgResult> =>
    lab.good<VpgResult>("vpg ensure", { ...specs.vpg, ...changes }, { previous });

  it("prints what SORACOM made", async () => {
    const { vpgId, ...rest } = await ensure();
    assert.match(vpgId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      vpgCidr: "100.64.152.0/24",
      status: "running",
      region: "ap-northeast-1",
      type: 15,
      useInternetGateway: false,
      deviceCidr: "10.128.0.0/9",
      adopted: false,
      tagNames: ["team", "name", "canal-ftp-owner"],
    });
  });

  it("finds it again without the previous output, and makes no second one", async () => {
    assert.equal((await ensure()).vpgId, (await ensure()).vpgId);
    assert.equal(lab.api.world.vpgs.size, 1);
  });

  it("changes name and tags in place, and leaves tags of others", async () => {
    const first = await ensure();
    const vpg = lab.api.world.vpgs.get(first.vpgId);
    assert.ok(vpg);
    vpg.tags.theirs = "stays";
    const second = await ensure({ name: "renamed", tags: { purpose: "cameras" } }, first);
    assert.equal(second.vpgId, first.vpgId);
    assert.deepEqual(vpg.tags, {
      "canal-ftp-owner": specs.vpg.owner,
      name: "renamed",
      purpose: "cameras",
      theirs: "stays",
    });
  });

  it("does not use another owner's VPG when the CLI did not filter", async () => {
    const theirs = await ensure({ owner: "canal-ftp/prod/vpg" });
    const wrap: RunOptions["wrap"] = (runCli) => (args, env) =>
      runCli(
        args.filter((_, index) => ![args[index], args[index - 1]].some((a) => /^--tag/.test(a))),
        env,
      );
    const ours = await lab.good<VpgResult>("vpg ensure", specs.vpg, { wrap });
    assert.notEqual(ours.vpgId, theirs.vpgId);
  });

  it("makes a new one while the old one is being terminated, as a replacement does", async () => {
    const first = await ensure();
    const old = lab.api.world.vpgs.get(first.vpgId);
    assert.ok(old);
    Object.assign(old, { status: "terminating", readsLeft: 1000 });
    const second = await ensure();
    assert.deepEqual(vpgs(), [`${first.vpgId} terminating`, `${second.vpgId} running`]);
  });

  it("removing waits for one that a run that was cut off had begun to terminate", async () => {
    const first = await ensure();
    const vpg = lab.api.world.vpgs.get(first.vpgId);
    assert.ok(vpg);
    Object.assign(vpg, { status: "terminating", readsLeft: 20 });
    await lab.good("vpg remove", specs.vpg, { previous: first });
    assert.deepEqual(vpgs(), [`${first.vpgId} terminated`]);
  });

  for (const lost of [false, true]) {
    it(`a new one that shows late is waited for${lost ? ", also when the reply was lost" : ""}`, async () => {
      lab.reset({ hiddenReads: 2 });
      const operationId = "createVirtualPrivateGateway";
      if (lost) lab.api.setFaults([{ kind: "cut-after", operationId, nth: 1 }]);
      await ensure();
      assert.equal(lab.api.world.vpgs.size, 1);
    });
  }

  /** A second VPG with the same tag comes with the creation, and is listed after some reads. */
  function createTwice(late: Partial<VpgRecord>): void {
    let done = false;
    lab.api.watch((call, moment) => {
      if (done || moment !== "after" || call.operationId !== "createVirtualPrivateGateway") return;
      done = true;
      const made = [...lab.api.world.vpgs.values()][0];
      lab.api.world.vpgs.set("late", { ...structuredClone(made), vpgId: "late", ...late });
    });
  }

  it("keeps the older of two, of which one was listed late, and terminates the other", async () => {
    createTwice({ hiddenReads: 6, createdTime: 1 });
    const { result, stderr } = await lab.run("vpg ensure", specs.vpg);
    assert.equal((result as VpgResult).vpgId, "late");
    assert.match(stderr, /VPG \S+ was created twice: late stays, this one is terminated/);
    assert.deepEqual(
      vpgs().sort(),
      [vpgs()[0].replace(/ .*/, " terminated"), "late running"].sort(),
    );
  });

  it("keeps the one that carries the peering", async () => {
    const peerings = { "pcx-1": { ...specs.peering("late"), peerVpcId: "vpc-0aaa" } };
    createTwice({ hiddenReads: 6, createdTime: Date.now() + 60_000, peerings });
    assert.equal((await ensure()).vpgId, "late");
  });

  it("does not terminate the other while a group uses it, and reports it; removing takes both", async () => {
    createTwice({ createdTime: Date.now() + 60_000 });
    const configuration = { SoracomAir: { useVpg: true, vpgId: "late" } };
    lab.api.world.groups.set("g", { groupId: "g", tags: {}, configuration, createdTime: 0 });
    const { result, stderr } = await lab.run("vpg ensure", specs.vpg);
    assert.notEqual((result as VpgResult).vpgId, "late");
    assert.match(
      stderr,
      /VPG late was created twice and is used by group g, so it stays and bills/,
    );
    lab.api.world.groups.clear();
    await lab.good("vpg remove", specs.vpg, { previous: result });
    assert.ok(vpgs().every((line) => line.endsWith(" terminated")));
  });

  it("two runs at the same moment end with one", async () => {
    const results = await Promise.all([ensure(), ensure()]);
    assert.equal(results[0].vpgId, results[1].vpgId);
    assert.equal(vpgs().filter((line) => line.endsWith(" running")).length, 1);
  });

  it("reports the fixed setting that differs", async () => {
    await ensure();
    const spec = { ...specs.vpg, useInternetGateway: true };
    const { error } = await lab.run("vpg ensure", spec);
    assert.match(error?.message ?? "", /useInternetGateway is false, wanted true.*replaced/);
  });

  it("identifies it by the previous output when the tag was removed, and restores the tag", async () => {
    const first = await ensure();
    const vpg = lab.api.world.vpgs.get(first.vpgId);
    delete vpg?.tags["canal-ftp-owner"];
    assert.equal((await ensure({}, first)).vpgId, first.vpgId);
    assert.equal(vpg?.tags["canal-ftp-owner"], specs.vpg.owner);
    assert.equal(lab.api.world.vpgs.size, 1);
  });

  it("reports the state after the time limit, and continues when run again", async () => {
    lab.reset({ readsUntilReady: 1_000_000 });
    const env = { CANAL_FTP_TIMEOUT_MINUTES: "20" };
    const { error, stderr } = await lab.run("vpg ensure", specs.vpg, { env });
    assert.match(
      error?.message ?? "",
      /^Waited 1200 s for VPG \S+ to run, which is still creating/,
    );
    assert.match(stderr, /vpg: waiting for VPG \S+ to run: creating \(0 s\)/);
    for (const vpg of lab.api.world.vpgs.values()) vpg.readsLeft = 0;
    await ensure();
    assert.equal(lab.api.world.vpgs.size, 1);
  });

  it("checks an existing VPG, changes nothing on it and leaves it at the end", async () => {
    const { vpgId } = await ensure();
    const before = summary(lab.api.world.snapshot());
    const spec = { ...specs.vpg, owner: "another", name: "another", vpgId };
    const adopted = await lab.good<VpgResult>("vpg ensure", spec);
    assert.deepEqual([adopted.vpgId, adopted.adopted, adopted.tagNames], [vpgId, true, []]);
    await lab.good("vpg remove", spec, { previous: adopted });
    assert.deepEqual(summary(lab.api.world.snapshot()), before);
  });

  for (const [what, changes, sentence] of [
    ["of another type", { type: 14 }, /has type 15, but 14 is needed/],
    ["in another region", { coverage: "g", region: "us-west-2" }, /is in ap-northeast-1/],
    ["that does not exist", { vpgId: "nix" }, /VPG nix does not exist with coverage "jp"/],
  ] as const) {
    it(`refuses an existing VPG ${what}`, async () => {
      const { vpgId } = await ensure();
      const { error } = await lab.run("vpg ensure", { ...specs.vpg, vpgId, ...changes });
      assert.match(error?.message ?? "", sentence);
    });
  }

  for (const keepTerminated of [true, false]) {
    it(`removing waits until it is gone (${keepTerminated ? "kept as terminated" : "404"})`, async () => {
      lab.reset({ keepTerminated, readsUntilReady: 5 });
      const first = await ensure();
      const { stderr } = await lab.run("vpg remove", specs.vpg, { previous: first });
      assert.match(stderr, /to be gone: terminating/);
      assert.deepEqual(vpgs(), keepTerminated ? [`${first.vpgId} terminated`] : []);
      await lab.good("vpg remove", specs.vpg, { previous: first });
    });
  }

  it("reports why SORACOM does not terminate it", async () => {
    const first = await ensure();
    await lab.good("group ensure", specs.group(first.vpgId));
    const { error } = await lab.run("vpg remove", specs.vpg, { previous: first });
    assert.match(error?.message ?? "", /refused "vpg terminate": STANDIN_IN_USE group \S+ uses/);
    assert.deepEqual(vpgs(), [`${first.vpgId} running`]);
  });
});

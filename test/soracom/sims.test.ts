import assert from "node:assert/strict";

import { defaultParallel } from "../../soracom/each-sim";
import type { GroupResult, SimsResult, VpgResult } from "../../soracom/spec";
import { Lab, specs, until } from "./lab";

const minuteMs = 60_000;

describe("many SIMs", function () {
  // Thousands of requests to the stand-in.
  this.timeout(600_000);
  let lab: Lab;
  let vpgId: string;
  let group: GroupResult;
  const simIds = (count: number) => Array.from({ length: count }, (_, index) => `sim-${index}`);

  before(async () => {
    lab = await Lab.open({ checkReplies: false });
  });
  beforeEach(async () => {
    lab.reset();
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
    group = await lab.good<GroupResult>("group ensure", specs.group(vpgId));
    const theirs = { groupId: "theirs", tags: {}, configuration: {}, createdTime: 0 };
    lab.api.world.groups.set("theirs", theirs);
    lab.api.calls.length = 0;
  });
  after(() => lab.close());

  const count = (operationId: string) =>
    lab.api.calls.filter((call) => call.operationId === operationId).length;
  const groupsOf = () => new Set([...lab.api.world.sims.values()].map(({ groupId }) => groupId));

  for (const headers of [true, false]) {
    it(`200 join at 60 requests a minute and path, with one log-in (limit ${headers ? "" : "not "}in replies)`, async () => {
      lab.api.setRateLimit({ perMinute: 60, headers, now: () => lab.clock.now() });
      for (const simId of simIds(200)) lab.api.world.addSim(simId);
      const start = lab.clock.now();
      await lab.good("sims attach", specs.sims(group.groupId, simIds(200)));
      assert.deepEqual([...groupsOf()], [group.groupId]);
      for (const { sessionVpgId } of lab.api.world.sims.values()) assert.equal(sessionVpgId, vpgId);
      assert.equal(count("auth"), 1);
      const minutes = (lab.clock.now() - start) / minuteMs;
      // Three full minutes pass before the last 20 of 200 requests of an operation.
      assert.ok(minutes >= 3 && minutes < 10, `${minutes} minutes`);
      const requests = ["getSim", "setSimGroup", "deleteSimSession"].map(count);
      // A limit that replies do not report is found by being refused, by each of the parallel requests.
      const refused = requests.reduce((sum, some) => sum + some - 200, 0);
      assert.ok(refused <= (headers ? 3 : 3 * 5) * defaultParallel, `${refused} refused`);
      console.log(`      ${minutes.toFixed(1)} minutes, ${refused} requests refused`);
    });
  }

  it("1,000 are swapped out of another group, stay on a rerun, and go back", async () => {
    const all = simIds(1000);
    for (const simId of all) lab.api.world.addSim(simId, { groupId: "theirs" });
    const spec = specs.sims(group.groupId, all);
    let stderr = "";
    const run = async (command: string, previous?: object) => {
      lab.api.calls.length = 0;
      const done = await lab.run(command, spec, { previous });
      assert.equal(done.error, undefined, done.error?.message);
      stderr = done.stderr;
      assert.ok(stderr.length < 4096, `${stderr.length} bytes of messages`);
      return done.result as SimsResult;
    };

    const attached = await run("sims attach");
    assert.deepEqual(attached.simsFrom, { theirs: all });
    // Pulumi passes it to the next run in one environment variable: Windows limits it to 32 KiB, Linux to 128 KiB.
    assert.ok(JSON.stringify(attached).length < 32 * 1024);
    assert.deepEqual([...groupsOf()], [group.groupId]);
    assert.match(stderr, /^sims: attached: 100 of 1000, .* per second, about \d+ (s|min) left$/m);
    assert.match(stderr, /^sims: attached: 1000 of 1000, /m);

    for (const previous of [attached, undefined]) {
      assert.deepEqual(await run("sims attach", previous), attached);
      assert.equal(count("deleteSimSession"), 0);
      assert.equal(count("setSimGroup"), 0);
    }

    await run("sims detach", attached);
    assert.deepEqual([...groupsOf()], ["theirs"]);
    for (const { sessionVpgId, tags } of lab.api.world.sims.values()) {
      assert.deepEqual([sessionVpgId, tags], [null, {}]);
    }
    assert.equal(count("getGroup"), 2);
  });

  it("eight are in progress at the same time, also when the group is removed", async () => {
    for (const simId of simIds(40)) lab.api.world.addSim(simId, { groupId: "theirs" });
    let underWay = 0;
    let most = 0;
    /** Answers no request for a SIM until as many are under way as there can be. */
    const hold = () => {
      most = 0;
      lab.api.watch(async ({ path }, moment) => {
        if (!path.startsWith("/v1/sims/")) return;
        if (moment === "after") {
          underWay--;
          return;
        }
        most = Math.max(most, ++underWay);
        await until(() => most >= defaultParallel);
      });
    };
    hold();
    await lab.good("sims attach", specs.sims(group.groupId, simIds(40)));
    assert.equal(most, defaultParallel);
    hold();
    await lab.good("group remove", specs.group(vpgId), { previous: group });
    assert.equal(most, defaultParallel);
    assert.deepEqual([...groupsOf()], ["theirs"]);
  });

  it("stopped at any request, then removed with the group: the SIMs are as before", async () => {
    for (const simId of ["a", "b"]) lab.api.world.addSim(simId, { groupId: "theirs" });
    lab.api.world.addSim("v", { groupId: "theirs", virtual: true });
    const spec = specs.sims(group.groupId, ["a", "b", "v"]);
    const before = lab.api.world.snapshot();
    /** Runs the command and asks it to stop at that request; whether there was one. */
    const stopped = async (command: string, wanted: object, at: number) => {
      const stop = new AbortController();
      let requests = 0;
      lab.api.watch((_, moment) => {
        if (moment === "after" && requests++ === at) stop.abort();
      });
      await lab.run(command, wanted, { stop: stop.signal });
      lab.api.watch(undefined);
      return stop.signal.aborted;
    };
    let cases = 0;
    for (const command of ["sims attach", "group remove"]) {
      for (let at = 0, isStopped = true; isStopped; at++) {
        lab.api.world.restore(before);
        if (command === "group remove") await lab.good("sims attach", spec);
        const wanted = command === "group remove" ? specs.group(vpgId) : spec;
        isStopped = await stopped(command, wanted, at);
        await lab.good("group remove", specs.group(vpgId));
        assert.deepEqual(lab.api.world.snapshot().sims, before.sims, `${command}, request ${at}`);
        cases++;
      }
    }
    assert.ok(cases > 25, `only ${cases} cases`);
  });

  it("names 20 of those that failed", async () => {
    const spec = specs.sims(group.groupId, simIds(30));
    const { error } = await lab.run("sims attach", spec);
    const lines = error!.message.split("\n");
    assert.equal(lines.length, 22);
    assert.match(lines[0], /^0 of 30 SIMs attached, 30 failed\. Run the same command again/);
    assert.equal(lines[21], "  and 10 more");
  });
});

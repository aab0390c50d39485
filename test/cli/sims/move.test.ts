import assert from "node:assert/strict";

import type { Fetch } from "../../../soracom/api-client";
import { maxAttempts } from "../../../soracom/request-throttle";
import { never } from "../../soracom/lab";
import { id, SimsLab } from "./support";

interface Summary {
  attached?: number;
  detached?: number;
  unchanged: number;
  left: number;
  failed: { simId: string; reason: string }[];
  stopped?: string;
}

/** SORACOM's reply to a rejected key. */
const rejectKey = () =>
  Promise.resolve(new Response('{"code":"AUM0004","message":"no"}', { status: 401 }));

describe("canal-ftp sims attach and detach", function () {
  this.timeout(60_000);
  const sims = new SimsLab();

  it("attaches 1,000 SIMs with every tenth call rejected, is killed, continues, and sets each exactly once", async () => {
    const { lab, groupId, vpgId } = sims;
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    for (const number of numbers) sims.addSim(number, { groupId: number % 2 ? "theirs" : null });
    const list = sims.file(`simId,place\n${numbers.map((n) => `${id(n)},gate ${n}\n`).join("")}`);
    lab.api.setFaults([{ kind: "429", rate: 0.1 }]);
    // How often each SIM was put into the group.
    const sets = new Map<string, number>();
    lab.api.watch((call, moment) => {
      if (call.operationId !== "setSimGroup" || moment !== "after") return;
      const simId = call.path.split("/").at(-2)!;
      sets.set(simId, (sets.get(simId) ?? 0) + 1);
    });
    const argv = ["attach", "--file", list, "--parallel", "8", "--json"];

    // Killed: from the 1,500th call on, no call returns.
    let calls = 0;
    let progress = "";
    await new Promise<void>((resolve) => {
      const send: Fetch = (...request) => {
        if (++calls <= 1500) return fetch(...request);
        resolve();
        return never;
      };
      void sims.run(argv, { fetch: send, error: (text) => (progress += text) });
    });
    const before = [...lab.api.world.sims.values()].filter((one) => one.groupId === groupId).length;
    assert.ok(before > 200 && before < 800, `${before} were attached before it was killed`);
    assert.match(progress, /^attached: \d+ of 1000, .* per second, about \d+ (s|min) left$/m);

    const { code, stderr, document } = await sims.run(argv);
    assert.equal(code, 0, stderr);
    const { attached = 0, unchanged, failed, left } = document<Summary>();
    assert.deepEqual([failed, left, attached + unchanged], [[], 0, 1000]);
    // A SIM in progress when the run was killed is finished now, so it counts as attached.
    assert.ok(
      unchanged >= before - 8 && unchanged <= before,
      `${unchanged} of ${before} unchanged`,
    );

    assert.equal(sets.size, 1000);
    assert.deepEqual(
      [...sets].filter(([, times]) => times !== 1),
      [],
    );
    for (const number of numbers) {
      const { sessionVpgId, tags } = sims.sim(number);
      assert.equal(sessionVpgId, vpgId);
      assert.deepEqual(tags, number % 2 ? { "canal-ftp-previous-group": "theirs" } : {});
    }
    lab.api.watch(undefined);

    const again = await sims.run(argv);
    assert.deepEqual([again.code, again.document<Summary>().unchanged], [0, 1000]);
  });

  it("attaches 200 SIMs at 60 requests a minute and path, with one log-in", async () => {
    const { lab, groupId } = sims;
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    for (const number of numbers) sims.addSim(number);
    lab.api.setRateLimit({ perMinute: 60, now: () => lab.clock.now() });
    const list = sims.file(numbers.map(id).join("\n"));
    const { code, document, stderr } = await sims.run(["attach", "--file", list, "--json"]);
    const { attached, failed } = document<Summary>();
    assert.deepEqual([code, attached, failed], [0, 200, []]);
    assert.match(stderr, /^SORACOM's limit for getSim is used up; continuing in \d+ s$/m);
    assert.ok(numbers.every((number) => sims.sim(number).groupId === groupId));
    const logIns = lab.api.calls.filter(({ operationId }) => operationId === "auth");
    assert.equal(logIns.length, 1);
  });

  it("attaches a virtual SIM, and leaves it on a rerun", async () => {
    sims.addSim(1, { virtual: true });
    assert.equal((await sims.run(["attach", id(1)])).code, 0);
    assert.equal(sims.sim(1).sessionVpgId, sims.vpgId);
    const again = await sims.run(["attach", id(1), "--json"]);
    assert.equal(again.document<Summary>().unchanged, 1);
  });

  it("attach resets a session outside the VPG", async () => {
    const { groupId, vpgId } = sims;
    sims.addSim(1, { groupId });
    sims.addSim(2, { groupId, online: false });
    const { document } = await sims.run(["attach", id(1), id(2), "--json"]);
    const { attached, unchanged } = document();
    assert.deepEqual([attached, unchanged], [1, 1]);
    assert.equal(sims.sim(1).sessionVpgId, vpgId);
  });

  it("detach completes a run that was killed after the SIM had left the group", async () => {
    const tags = { "canal-ftp-previous-group": "theirs" };
    sims.addSim(1, { groupId: "theirs", sessionVpgId: sims.vpgId, tags });
    assert.equal((await sims.run(["detach", id(1)])).code, 0);
    assert.deepEqual([sims.sim(1).sessionVpgId, sims.sim(1).tags], [null, {}]);
  });

  it("a group that does not exist is an error", async () => {
    const { code, stderr } = await sims.run(["list", "--group", "nix"]);
    assert.equal(code, 1);
    assert.match(stderr, /^SORACOM has no group nix: check the coverage/);
  });

  it("detaches every SIM to its previous group", async () => {
    for (const number of [1, 2, 3]) sims.addSim(number);
    sims.sim(1).groupId = "theirs";
    assert.equal((await sims.run(["attach", id(1), id(2)])).code, 0);
    const { code, stdout } = await sims.run(["detach", "--all"]);
    assert.equal(code, 0);
    assert.match(stdout, /: 2 detached, 0 unchanged, 0 failed, 0 left\.\n$/);
    assert.deepEqual(
      [1, 2, 3].map((number) => sims.sim(number).groupId),
      ["theirs", null, null],
    );
    assert.deepEqual([sims.sim(1).tags, sims.sim(1).sessionVpgId], [{}, null]);
  });

  it("reports which SIMs failed, and attaches the others", async () => {
    sims.addSim(1);
    const list = sims.file(`simId\n${id(1)}\n\n${id(2)}\n`);
    const { code, stdout } = await sims.run(["attach", id(3), "--file", list]);
    assert.equal(code, 1);
    assert.match(stdout, /1 attached, 0 unchanged, 2 failed, 0 left/);
    assert.match(
      stdout,
      new RegExp(`^  ${list}:4: ${id(2)}: SORACOM has no SIM with this id`, "m"),
    );
    assert.match(stdout, new RegExp(`^  ${id(3)}: SORACOM has no SIM with this id`, "m"));
    const lookups = sims.lab.api.calls.filter(({ operationId }) => operationId === "getSim");
    assert.equal(lookups.length, 3);
    assert.equal(sims.sim(1).groupId, sims.groupId);
  });

  it("stops after consecutive failures, and reports how many SIMs are left", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    for (const number of numbers) sims.addSim(number);
    sims.lab.api.setFaults([{ kind: "500", operationId: "getSim" }]);
    const list = sims.file(numbers.map(id).join("\n"));
    const { code, document } = await sims.run(["attach", "--file", list, "--json"]);
    const { failed, left, stopped } = document<Summary>();
    assert.equal(code, 1);
    assert.match(String(stopped), /STANDIN_FAULT/);
    assert.ok(failed.length >= 20 && failed.length < 30, `${failed.length} failed`);
    assert.equal(failed.length + left, 60);
  });

  it("stops between two calls when interrupted", async () => {
    const { lab, vpgId } = sims;
    const stop = new AbortController();
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) sims.addSim(number);
    lab.api.watch((call) => {
      if (call.operationId === "setSimGroup") stop.abort();
    });
    const argv = ["attach", ...numbers.map(id), "--parallel", "1"];
    const { code, stdout } = await sims.run(argv, { stop: stop.signal });
    lab.api.watch(undefined);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /: 0 attached, .* 6 left\.\nStopped: interrupted\.\nRun the same command again/,
    );
    assert.equal((await sims.run(argv)).code, 0);
    assert.equal(sims.sim(1).sessionVpgId, vpgId);
  });

  it("stops when the key is rejected, and reports what was done", async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) sims.addSim(number);
    let sets = 0;
    const expiring: Fetch = (input, init) =>
      String(input).endsWith("/set_group") && ++sets > 2 ? rejectKey() : fetch(input, init);
    const argv = ["attach", ...numbers.map(id), "--parallel", "2", "--json"];
    const { code, document } = await sims.run(argv, { fetch: expiring });
    const { attached, failed, left, stopped } = document<Summary>();
    assert.deepEqual([code, attached, failed, left], [1, 2, [], 4]);
    assert.match(String(stopped), /^SORACOM refused the key: AUM0004/);
  });

  it("reports a key that is rejected at the first call in one sentence", async () => {
    const { code, stderr } = await sims.run(["attach", id(1)], { fetch: rejectKey });
    assert.equal(code, 1);
    assert.match(stderr, /^SORACOM refused the key: AUM0004/);
    assert.equal(stderr.split("\n").length, 2);
  });

  it("requests a previous group again after a failed request", async () => {
    const { groupId } = sims;
    const tags = { "canal-ftp-previous-group": "theirs" };
    for (const number of [1, 2]) sims.addSim(number, { groupId, tags });
    let failures = 0;
    const failing: Fetch = (input, init) =>
      String(input).endsWith("/groups/theirs") && ++failures <= maxAttempts
        ? Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } }))
        : fetch(input, init);
    assert.equal((await sims.run(["detach", "--all"], { fetch: failing })).code, 0);
    assert.deepEqual([sims.sim(1).groupId, sims.sim(2).groupId], ["theirs", "theirs"]);
  });

  it("after being killed before and after every call, the same command completes attach and detach", async () => {
    const { api } = sims.lab;
    const simIds = [id(1), id(2)];
    sims.addSim(1, { groupId: "theirs" });
    sims.addSim(2);
    const start = api.world.snapshot();
    let cases = 0;
    let before = start;
    for (const verb of ["attach", "detach"]) {
      api.world.restore(before);
      const argv = [verb, ...simIds, "--parallel", "1"];
      api.calls.length = 0;
      assert.equal((await sims.run(argv)).code, 0);
      const calls = [...api.calls];
      const after = api.world.snapshot();
      for (const [at, { operationId }] of calls.entries()) {
        for (const moment of ["before", "after"] as const) {
          api.world.restore(before);
          await runUntilKilled(argv, at, moment);
          const { code, stdout } = await sims.run(argv);
          assert.equal(code, 0, stdout);
          const what = `${verb} killed ${moment} ${operationId}`;
          assert.deepEqual(api.world.snapshot().sims, after.sims, what);
          cases++;
        }
      }
      before = after;
    }
    assert.deepEqual(before.sims, start.sims);
    assert.ok(cases >= 30, `only ${cases} cases`);
  });

  /** Runs the command up to that call and abandons it there, as a killed process would. */
  async function runUntilKilled(argv: readonly string[], at: number, moment: "before" | "after") {
    const { lab } = sims;
    let isDead = false;
    let calls = 0;
    const died = new Promise<void>((resolve) => {
      lab.api.watch((_, when) => {
        if (isDead || when !== moment || calls++ !== at) return undefined;
        isDead = true;
        resolve();
        return when === "before" ? never : undefined;
      });
    });
    const send: Fetch = async (...request) => {
      const reply = await (isDead ? never : fetch(...request));
      return isDead ? never : reply;
    };
    void sims.run(argv, { fetch: send });
    await died;
    lab.api.watch(undefined);
  }
});

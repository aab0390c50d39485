import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { GroupResult, VpgResult } from "../../../soracom/spec";
import { RunCli } from "../../../soracom/run-cli";
import { Lab, SPECS, never } from "../../soracom/lab";
import { RunOptions, printing, run } from "../core/support";

const id = (number: number) => `89811${String(number).padStart(14, "0")}`;

interface Summary {
  attached?: number;
  detached?: number;
  already: number;
  left: number;
  failed: { simId: string; reason: string }[];
  stopped?: string;
}

describe("canal-ftp sims", function () {
  this.timeout(60_000);
  let lab: Lab;
  let vpgId: string;
  let groupId: string;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-sims-"));

  before(async () => {
    lab = await Lab.open({ checkReplies: false });
  });
  after(async () => {
    fs.rmSync(folder, { recursive: true });
    await lab.close();
  });
  beforeEach(async () => {
    lab.reset();
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", SPECS.vpg));
    ({ groupId } = await lab.good<GroupResult>("group ensure", SPECS.group(vpgId)));
    const theirs = { groupId: "theirs", tags: {}, configuration: {}, createdTime: 0 };
    lab.api.world.groups.set("theirs", theirs);
  });

  const sims = (argv: readonly string[], options: RunOptions = {}) =>
    run(
      [
        "sims",
        ...argv,
        "--stack",
        "dev",
        "--rate",
        "1000",
        ...(argv.includes("--group") ? [] : ["--group", groupId]),
      ],
      lab,
      options,
    );
  const file = (text: string) => {
    const name = path.join(folder, "sims.csv");
    fs.writeFileSync(name, text);
    return name;
  };
  const sim = (number: number) => lab.api.world.sims.get(id(number))!;
  /** How often each SIM was really put into a group. */
  const watchSets = () => {
    const sets = new Map<string, number>();
    lab.api.watch((call, moment) => {
      if (call.operationId !== "setSimGroup" || moment !== "after") return;
      const simId = call.path.split("/").at(-2)!;
      sets.set(simId, (sets.get(simId) ?? 0) + 1);
    });
    return sets;
  };

  it("attaches 1,000 SIMs with one call in ten refused, is killed, goes on, and sets each exactly once", async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    for (const number of numbers) {
      lab.api.world.addSim(id(number), { groupId: number % 2 ? "theirs" : null });
    }
    const list = file(`simId,place\n${numbers.map((n) => `${id(n)},gate ${n}\n`).join("")}`);
    lab.api.setFaults([{ kind: "429", rate: 0.1 }]);
    const sets = watchSets();
    const argv = ["attach", "--file", list, "--parallel", "8", "--json"];

    // Killed: from some call on, nothing of it happens any more.
    let calls = 0;
    let told = "";
    const died = new Promise<void>((resolve) => {
      const runCli = lab.runCli(true);
      const dying: RunCli = async (args, env) => {
        if (++calls > 1500) {
          resolve();
          return never;
        }
        return runCli(args, env);
      };
      const surroundings = { runCli: dying };
      void runToldTo((text) => (told += text), argv, surroundings);
    });
    await died;
    const before = [...lab.api.world.sims.values()].filter((one) => one.groupId === groupId).length;
    assert.ok(before > 200 && before < 800, `${before} were attached before it was killed`);
    assert.match(told, /^attached: \d+ of 1000, .* a second, about \d+ min left$/m);

    const { code, stderr, document } = await sims(argv);
    assert.equal(code, 0, stderr);
    const { attached = 0, already, failed, left } = document<Summary>();
    assert.deepEqual([failed, left, attached + already], [[], 0, 1000]);
    // What was in work when it was killed is done to its end now, so it counts as attached.
    assert.ok(
      already >= before - 8 && already <= before,
      `${already} of ${before} were left alone`,
    );
    assert.match(stderr, /attached: \d+ of \d+, .* a second\n$/);
    const tenths = stderr.split("\n").filter((line) => line.includes(" of ")).length;
    assert.ok(tenths >= 9 && tenths <= 30, `${tenths} lines of progress`);

    assert.equal(sets.size, 1000);
    assert.deepEqual(
      [...sets].filter(([, times]) => times !== 1),
      [],
    );
    for (const number of numbers) {
      const { sessionVpgId, tags } = sim(number);
      assert.equal(sessionVpgId, vpgId);
      assert.deepEqual(tags, number % 2 ? { "canal-ftp-previous-group": "theirs" } : {});
    }
    lab.api.watch(undefined);

    const again = await sims(argv);
    assert.deepEqual([again.code, again.document<Summary>().already], [0, 1000]);
  });

  async function runToldTo(
    tell: (text: string) => void,
    argv: readonly string[],
    options: RunOptions,
  ) {
    const argvOfGroup = [...argv, "--stack", "dev", "--group", groupId, "--rate", "1000"];
    await run(["sims", ...argvOfGroup], lab, { ...options, error: tell });
  }

  it("detaches every SIM to where it came from", async () => {
    for (const number of [1, 2, 3]) lab.api.world.addSim(id(number));
    sim(1).groupId = "theirs";
    assert.equal((await sims(["attach", id(1), id(2)])).code, 0);
    const { code, stdout } = await sims(["detach", "--all"]);
    assert.equal(code, 0);
    assert.match(stdout, /: 2 detached, 0 were as they should be, 0 failed, 0 left\.\n$/);
    assert.deepEqual([sim(1).groupId, sim(2).groupId, sim(3).groupId], ["theirs", null, null]);
    assert.deepEqual([sim(1).tags, sim(1).sessionVpgId], [{}, null]);
  });

  it("finishes a detach that was killed after the SIM had left the group", async () => {
    const tags = { "canal-ftp-previous-group": "theirs" };
    lab.api.world.addSim(id(1), { groupId: "theirs", sessionVpgId: vpgId, tags });
    assert.equal((await sims(["detach", id(1)])).code, 0);
    assert.deepEqual([sim(1).sessionVpgId, sim(1).tags], [null, {}]);
  });

  it("resets the session of a SIM that is in the group but not in its VPG", async () => {
    lab.api.world.addSim(id(1), { groupId });
    lab.api.world.addSim(id(2), { groupId, online: false });
    const { document } = await sims(["attach", id(1), id(2), "--json"]);
    assert.deepEqual([document<Summary>().attached, document<Summary>().already], [1, 1]);
    assert.equal(sim(1).sessionVpgId, vpgId);
  });

  it("tells which SIMs failed, and attaches the others", async () => {
    lab.api.world.addSim(id(1));
    const { code, stdout } = await sims(["attach", id(1), id(2)]);
    assert.equal(code, 4);
    assert.match(stdout, /1 attached, 0 were as they should be, 1 failed, 0 left/);
    assert.match(
      stdout,
      new RegExp(`^  ${id(2)}: SORACOM refused "sims get": STANDIN_MISSING`, "m"),
    );
    assert.equal(sim(1).groupId, groupId);
  });

  it("stops when nothing but failures comes, and tells what is left", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => id(index));
    for (const simId of numbers) lab.api.world.addSim(simId);
    lab.api.setFaults([{ kind: "500", operationId: "getSim" }]);
    const { code, document } = await sims(["attach", "--file", file(numbers.join("\n")), "--json"]);
    const { failed, left, stopped } = document<Summary>();
    assert.equal(code, 4);
    assert.match(String(stopped), /STANDIN_FAULT/);
    assert.ok(failed.length >= 20 && failed.length < 30, `${failed.length} failed`);
    assert.equal(failed.length + left, 60);
  });

  it("stops between two calls when asked to", async () => {
    const stop = new AbortController();
    for (const number of [1, 2, 3, 4, 5, 6]) lab.api.world.addSim(id(number));
    lab.api.watch((call) => {
      if (call.operationId === "setSimGroup") stop.abort();
    });
    const argv = ["attach", ...[1, 2, 3, 4, 5, 6].map(id), "--parallel", "1"];
    const { code, stdout } = await sims(argv, { stop: stop.signal });
    lab.api.watch(undefined);
    assert.equal(code, 4);
    assert.match(
      stdout,
      /: 0 attached, .* 6 left\.\nStopped: asked to stop\.\nThe same command again/,
    );
    assert.equal((await sims(argv)).code, 0);
    assert.equal(sim(1).sessionVpgId, vpgId);
  });

  it("ends with what was done when the key is refused in the middle", async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) lab.api.world.addSim(id(number));
    const runCli = lab.runCli(true);
    let sets = 0;
    const expiring: RunCli = (args, env) =>
      args[1] === "set-group" && ++sets > 2
        ? Promise.resolve({
            exitCode: 255,
            stdout: "",
            stderr: 'Error: {"code":"AUM0004","message":"no"}',
          })
        : runCli(args, env);
    const argv = ["attach", ...numbers.map(id), "--parallel", "2", "--json"];
    const { code, document } = await sims(argv, { runCli: expiring });
    const { attached, failed, left, stopped } = document<Summary>();
    assert.deepEqual([code, attached, failed, left], [4, 2, [], 4]);
    assert.match(String(stopped), /^SORACOM refused the key: AUM0004/);
  });

  it("asks again for a group that could not be asked for", async () => {
    const tags = { "canal-ftp-previous-group": "theirs" };
    for (const number of [1, 2]) lab.api.world.addSim(id(number), { groupId, tags });
    // The group itself is the first look; the next ones are for the group the SIMs go back to.
    const runCli = lab.runCli(true);
    let refusals = 0;
    const failing: RunCli = (args, env) =>
      args.includes("theirs") && args[1] === "get" && ++refusals <= 5
        ? Promise.resolve({ exitCode: 255, stdout: "", stderr: "Error: connection reset" })
        : runCli(args, env);
    assert.equal((await sims(["detach", "--all"], { runCli: failing })).code, 0);
    assert.deepEqual([sim(1).groupId, sim(2).groupId], ["theirs", "theirs"]);
  });

  it("killed before and after every call of attach and of detach, and run again: each SIM once, and home again", async () => {
    const simIds = [id(1), id(2)];
    lab.api.world.addSim(id(1), { groupId: "theirs" });
    lab.api.world.addSim(id(2));
    const start = lab.api.world.snapshot();
    const told = () => lab.api.world.snapshot().sims;
    let cases = 0;
    let before = start;
    for (const verb of ["attach", "detach"]) {
      lab.api.world.restore(before);
      const argv = [verb, ...simIds, "--parallel", "1"];
      lab.api.calls.length = 0;
      assert.equal((await sims(argv)).code, 0);
      const calls = [...lab.api.calls];
      const after = lab.api.world.snapshot();
      for (const [at, { operationId }] of calls.entries()) {
        for (const moment of ["before", "after"] as const) {
          lab.api.world.restore(before);
          await killed(argv, at, moment);
          const { code, stdout } = await sims(argv);
          assert.equal(code, 0, stdout);
          assert.deepEqual(told(), after.sims, `${verb} killed ${moment} ${operationId}`);
          cases++;
        }
      }
      before = after;
    }
    assert.deepEqual(before.sims, start.sims);
    console.log(`      ${cases} cases`);
    assert.ok(cases >= 30, `only ${cases} cases`);
  });

  /** Runs the command up to that call and leaves it there, as a killed process leaves things. */
  async function killed(argv: readonly string[], at: number, moment: "before" | "after") {
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
    const runCli = lab.runCli(true);
    const dying: RunCli = async (args, env) => {
      const result = await (isDead ? never : runCli(args, env));
      return isDead ? never : result;
    };
    void sims(argv, { runCli: dying });
    await died;
    lab.api.watch(undefined);
  }

  it("keeps to the rate", async () => {
    for (const number of [1, 2, 3]) lab.api.world.addSim(id(number));
    const times: number[] = [];
    const runCli = lab.runCli(true);
    const timed: RunCli = (args, env) => {
      times.push(performance.now());
      return runCli(args, env);
    };
    const argv = ["attach", id(1), id(2), id(3), "--stack", "dev", "--group", groupId];
    await run(["sims", ...argv, "--rate", "50"], lab, { runCli: timed });
    assert.ok(times.length >= 11, `${times.length} calls`);
    const took = times.at(-1)! - times[0];
    // Timers may come a millisecond early.
    assert.ok(took >= (times.length - 1) * 20 - 5, `${times.length} calls in ${took} ms`);
  });

  it("lists the SIMs with their sessions, as a table and as JSON", async () => {
    lab.api.world.addSim(id(1), {
      groupId,
      sessionVpgId: vpgId,
      tags: { "canal-ftp-previous-group": "theirs" },
    });
    lab.api.world.addSim(id(2), { groupId });
    lab.api.world.addSim(id(3), { groupId, online: false });
    const { code, stdout } = await sims(["list"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n"), [
      "SIM                  in the group  session         goes back to",
      `${id(1)}  yes           in the VPG      theirs`,
      `${id(2)}  yes           not in the VPG`,
      `${id(3)}  yes           offline`,
      "",
    ]);
    const one = await sims(["list", id(1), id(9), "--json"]);
    assert.equal(one.code, 4);
    assert.deepEqual(one.document<{ sims: unknown[] }>().sims, [
      { simId: id(1), inGroup: true, session: "in the VPG", previousGroupId: "theirs" },
      { simId: id(9), inGroup: false },
    ]);
  });

  it("asks pulumi for the group, and says what to do when it cannot", async () => {
    lab.api.world.addSim(id(1));
    const outputs = { vpcId: "vpc-1", routeTableIds: [], vpgId, peeringConnectionId: "pcx-1" };
    const asked: string[] = [];
    const argv = ["attach", id(1), "--stack", "dev"];
    const good = await run(["sims", ...argv], lab, {
      runProgram: (program, args) => {
        asked.push([program, ...args].join(" "));
        return Promise.resolve(printing({ ...outputs, simGroupId: groupId }));
      },
    });
    assert.equal(good.code, 0, good.stderr);
    assert.deepEqual(asked, ["pulumi stack output --json --stack dev"]);
    assert.equal(sim(1).groupId, groupId);
    const without = await run(["sims", ...argv], lab);
    assert.deepEqual([without.code, without.stdout], [1, ""]);
    assert.match(without.stderr, /^pulumi is not on the PATH/);
    const empty = await run(["sims", ...argv], lab, {
      runProgram: () => Promise.resolve(printing({})),
    });
    assert.match(empty.stderr, /not deployed yet/);
    const failing = { code: 255, stdout: "", stderr: "error: no stack named 'dev' found\n" };
    const none = await run(["sims", ...argv], lab, { runProgram: () => Promise.resolve(failing) });
    assert.match(none.stderr, /does not return the outputs of stack dev: error: no stack named/);
  });

  const misused: [string, string[], RegExp][] = [
    ["a misspelt option", ["attach", "--fil", "x", "--stack", "dev"], /Did you mean --file\?/],
    ["no SIM", ["attach", "--stack", "dev"], /Name SIMs, or a file/],
    ["a SIM that is none", ["attach", "123", "--stack", "dev"], /123: a SIM has 18 to 22 digits/],
    ["all and one", ["detach", "--all", id(1), "--stack", "dev"], /name none beside it/],
    ["a rate of nothing", ["attach", id(1), "--rate", "0", "--stack", "dev"], /from 0\.1 to 1000/],
    ["half a SIM at a time", ["attach", "--parallel", "0.5", "--stack", "dev"], /A whole number/],
    ["a stack that is none", ["list", "--stack", "nix"], /Allowed choices are dev, prod/],
  ];
  for (const [what, argv, message] of misused) {
    it(`refuses ${what} before anything is called`, async () => {
      lab.api.calls.length = 0;
      const { code, stdout, stderr } = await run(["sims", ...argv], lab);
      assert.deepEqual([code, stdout, lab.api.calls.length], [2, "", 0]);
      assert.match(stderr, message);
      const asJson = await run(["sims", ...argv, "--json"], lab);
      assert.match(asJson.document<{ error: { message: string } }>().error.message, message);
    });
  }

  it("tells every mistake of a file with its line", async () => {
    const { code, stderr } = await sims(["attach", "--file", file(`${id(1)}\n12\n${id(1)}\n`)]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /has mistakes; nothing was done:\n.*:2: "12" given.*\n.*:3: .*line 1 has it/,
    );
    const missing = await sims(["attach", "--file", path.join(folder, "none.csv")]);
    assert.match(missing.stderr, /none\.csv: there is no such file\./);
  });

  it("a wrong key ends the run at once, in one sentence", async () => {
    const runCli: RunCli = () =>
      Promise.resolve({
        exitCode: 255,
        stdout: "",
        stderr: 'Error: {"code":"AUM0004","message":"no"}',
      });
    const { code, stderr } = await sims(["attach", id(1)], { runCli });
    assert.equal(code, 1);
    assert.match(stderr, /^SORACOM refused the key: AUM0004/);
    assert.equal(stderr.split("\n").length, 2);
  });

  it("a group that is not there is told", async () => {
    const { stderr } = await sims(["list", "--group", "nix"]);
    assert.match(stderr, /^SORACOM has no group nix: check the coverage/);
  });
});

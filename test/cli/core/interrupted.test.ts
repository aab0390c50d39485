import assert from "node:assert/strict";

import { never, Lab, until } from "../../soracom/lab";
import { Programs } from "./as-process";
import { Cloud } from "./cloud";
import { deploy } from "./deployed";

/** The commands as processes, with a program named pulumi on the PATH and the stand-in for the SORACOM CLI. */
describe("canal-ftp status and sims, as processes", function () {
  this.timeout(120_000);
  const programs = new Programs();
  let lab: Lab;
  let cloud: Cloud;
  let vpgId: string;
  let groupId: string;

  before(async () => {
    lab = await Lab.open();
  });
  after(async () => {
    programs.remove();
    await lab.close();
  });
  beforeEach(async () => {
    ({ cloud, vpgId, groupId } = await deploy(lab));
    installPrograms();
  });

  /** A pulumi that prints the cloud's outputs. */
  function installPrograms(): void {
    const outputs = `${JSON.stringify(cloud.outputs)}\n`;
    programs.install("pulumi", new Map([["stack output", outputs]]));
  }

  const start = (argv: readonly string[]) => programs.start(argv, lab);

  it("status: 3 while AWS cannot be reached, and 1 and JSON when SORACOM differs", async () => {
    const good = await start(["status", "--stack", "dev"]).ended;
    assert.deepEqual([good.code, good.stderr], [3, ""], good.stdout);
    assert.match(good.stdout, /^ok +peering pcx-\S+ at SORACOM +exists$/m);
    assert.match(good.stdout, /AWS EC2 cannot be reached/);
    lab.api.world.groups.get(groupId)!.configuration.SoracomAir!.useVpg = false;
    const bad = await start(["status", "--stack", "dev", "--json"]).ended;
    assert.equal(bad.code, 1);
    const { ok, findings } = JSON.parse(bad.stdout) as {
      ok: boolean;
      findings: { state: string }[];
    };
    assert.deepEqual([ok, findings.filter(({ state }) => state === "drift").length], [false, 1]);
  });

  it("sims attach: killed in the middle, it continues with the rest", async () => {
    const ids = [1, 2, 3, 4].map((number) => `898110000000000000${number}`);
    for (const simId of ids) lab.api.world.addSim(simId);
    const sets: string[] = [];
    let isHeld = true;
    lab.api.watch((call, moment) => {
      if (call.operationId !== "setSimGroup" || moment !== "after") return undefined;
      sets.push(call.path);
      return isHeld && sets.length === 2 ? never : undefined;
    });
    const argv = ["sims", "attach", "--stack", "dev", "--rate", "1000", "--parallel", "1", ...ids];
    const first = start(argv);
    await until(() => sets.length === 2);
    first.child.kill("SIGKILL");
    assert.equal((await first.ended).code, null);
    isHeld = false;
    const { code, stdout, stderr } = await start(argv).ended;
    lab.api.watch(undefined);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /: 3 attached, 1 unchanged, 0 failed, 0 left\.$/m);
    assert.match(stderr, /^attached: 3 of 3, /m);
    assert.deepEqual([sets.length, new Set(sets).size], [4, 4]);
    for (const simId of ids) assert.equal(lab.api.world.sims.get(simId)?.sessionVpgId, vpgId);
  });

  it("SIGINT ends sims between two calls, with what is left", async () => {
    const ids = [1, 2, 3].map((number) => `898110000000000000${number}`);
    for (const simId of ids) lab.api.world.addSim(simId);
    const argv = ["sims", "attach", "--stack", "dev", "--rate", "1000", "--parallel", "1", ...ids];
    const run = start(argv);
    let isSent = false;
    lab.api.watch((call) => {
      // Once: a second signal ends the process immediately.
      if (call.operationId === "setSimGroup" && !isSent) isSent = run.child.kill("SIGINT");
      return undefined;
    });
    const { code, stdout } = await run.ended;
    lab.api.watch(undefined);
    assert.equal(code, 1);
    assert.match(stdout, /left\.\nStopped: interrupted\.\nRun the same command again/);
  });
});

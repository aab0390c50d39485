import assert from "node:assert/strict";

import { never, Lab, until } from "../../soracom/lab";
import { Programs } from "./as-process";
import { Cloud } from "./cloud";
import { deploy } from "./deployed";

/** The commands as processes, with programs named pulumi and aws on PATH and the stand-in SORACOM CLI. */
describe("npm run canal and npm run sims, as processes", function () {
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
    await installPrograms();
  });

  /** Programs that print what the cloud answers. */
  async function installPrograms(): Promise<void> {
    const outputs = cloud.outputs as { peeringConnectionId: string; routeTableIds: string[] };
    const filter = (name: string, values: string) => ["--filters", `Name=${name},Values=${values}`];
    const peering = filter("vpc-peering-connection-id", outputs.peeringConnectionId);
    const tables = filter("route-table-id", outputs.routeTableIds.join(","));
    const scripts = {
      pulumi: { "stack output": ["stack", "output", "--json"] },
      aws: {
        "ec2 describe-vpc-peering-connections": [
          ...["ec2", "describe-vpc-peering-connections"],
          ...peering,
        ],
        "ec2 describe-route-tables": ["ec2", "describe-route-tables", ...tables],
      },
    };
    for (const [program, commands] of Object.entries(scripts)) {
      const answers = new Map<string, string>();
      for (const [words, args] of Object.entries(commands)) {
        answers.set(words, (await cloud.runTool(program as "aws", args)).stdout);
      }
      programs.install(program, answers);
    }
  }

  const start = (main: string, argv: readonly string[]) => programs.start(main, argv, lab);

  it("status: 0 and a table on a site as deployed, 1 and JSON after a change", async () => {
    const good = await start("cli/status/main.ts", ["status", "--stack", "dev"]).ended;
    assert.deepEqual([good.code, good.stderr], [0, ""], good.stdout);
    assert.match(good.stdout, /^ok +peering pcx-\S+ at AWS +active$/m);
    lab.api.world.groups.get(groupId)!.configuration.SoracomAir!.useVpg = false;
    const bad = await start("cli/status/main.ts", ["status", "--stack", "dev", "--json"]).ended;
    assert.equal(bad.code, 1);
    const { ok, findings } = JSON.parse(bad.stdout) as {
      ok: boolean;
      findings: { state: string }[];
    };
    assert.deepEqual([ok, findings.filter(({ state }) => state === "drift").length], [false, 1]);
  });

  it("sims attach: killed in the middle, it goes on with the rest", async () => {
    const ids = [1, 2, 3, 4].map((number) => `898110000000000000${number}`);
    for (const simId of ids) lab.api.world.addSim(simId);
    const sets: string[] = [];
    let isHeld = true;
    lab.api.watch((call, moment) => {
      if (call.operationId !== "setSimGroup" || moment !== "after") return undefined;
      sets.push(call.path);
      return isHeld && sets.length === 2 ? never : undefined;
    });
    const argv = ["attach", "--stack", "dev", "--rate", "1000", "--parallel", "1", ...ids];
    const first = start("cli/sims/main.ts", argv);
    await until(() => sets.length === 2);
    first.child.kill("SIGKILL");
    assert.equal((await first.ended).code, null);
    isHeld = false;
    const { code, stdout, stderr } = await start("cli/sims/main.ts", argv).ended;
    lab.api.watch(undefined);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /: 3 attached, 1 were as they should be, 0 failed, 0 left\.$/m);
    assert.match(stderr, /^attached: 3 of 3, /m);
    assert.deepEqual([sets.length, new Set(sets).size], [4, 4]);
    for (const simId of ids) assert.equal(lab.api.world.sims.get(simId)?.sessionVpgId, vpgId);
  });

  it("SIGINT ends sims between two calls, with what is left", async () => {
    const ids = [1, 2, 3].map((number) => `898110000000000000${number}`);
    for (const simId of ids) lab.api.world.addSim(simId);
    const argv = ["attach", "--stack", "dev", "--rate", "1000", "--parallel", "1", ...ids];
    const run = start("cli/sims/main.ts", argv);
    let isAsked = false;
    lab.api.watch((call) => {
      // Once: a second signal means "at once".
      if (call.operationId === "setSimGroup" && !isAsked) isAsked = run.child.kill("SIGINT");
      return undefined;
    });
    const { code, stdout } = await run.ended;
    lab.api.watch(undefined);
    assert.equal(code, 4);
    assert.match(stdout, /left\.\nStopped: asked to stop\.\nThe same command again goes on/);
  });
});

import assert from "node:assert/strict";

import { checkState } from "../../cli/doctor/state-checks";
import type { CliContext } from "../../cli/core/context";
import { alive, soracomHalf } from "./interrupts";
import { patience, skipWithoutEngine, Workplace } from "./workplace";

interface StateResource {
  readonly urn: string;
  readonly outputs?: { stdout?: string; stderr?: string };
}

const all = Array.from({ length: 1000 }, (_, index) => `898110000000000${1000 + index}`);

describe("1,000 SIMs swapped out of another group, with the engine", function () {
  this.timeout(2 * patience);
  let place: Workplace;
  let simIds = all;

  before(async function () {
    skipWithoutEngine(this);
    place = await Workplace.open("dev", {
      program: async () => soracomHalf(simIds)(),
      env: { CANAL_FTP_REQUESTS_PER_SECOND: "1000" },
    });
    const { world } = place.soracom;
    world.groups.set("theirs", {
      ...{ groupId: "theirs", tags: {}, configuration: {}, createdTime: 0 },
    });
    for (const simId of all) world.addSim(simId, { groupId: "theirs" });
  });
  after(() => place?.close());

  const state = async () => {
    const exported = await place.stack.exportStack();
    return exported as { deployment: { resources: StateResource[] } };
  };
  const members = async () =>
    (await state()).deployment.resources.find(({ urn }) => urn.endsWith("-members"))!;
  const inTheirs = () =>
    [...place.soracom.world.sims.values()].filter(({ groupId }) => groupId === "theirs").length;
  const atMost32KiB = async () => {
    const { stdout = "", stderr = "" } = (await members()).outputs ?? {};
    assert.ok(Math.max(stdout.length, stderr.length) < 32 * 1024);
    return `stdout ${stdout.length} bytes, stderr ${stderr.length} bytes`;
  };

  it("attached; up again with a change of the list; the stored output stays below 32 KiB", async () => {
    await place.stack.up();
    assert.equal(inTheirs(), 0);
    console.log(`      ${await atMost32KiB()}`);
    assert.deepEqual(Object.keys((await place.stack.preview()).changeSummary), ["same"]);
    // The Command runs again, with its last output in the environment.
    simIds = all.slice(0, -10);
    await place.stack.up();
    assert.equal(inTheirs(), 10);
    await atMost32KiB();
  });

  it("a state that is over the limit fails, doctor reports it, and its remedy recovers it", async () => {
    const large = await state();
    const { urn } = await members();
    const outputs = large.deployment.resources.find((one) => one.urn === urn)!.outputs!;
    outputs.stderr = "x".repeat(200 * 1024);
    await place.stack.importStack(large as never);
    simIds = all;
    await assert.rejects(place.stack.up(), /E2BIG|argument list too long/i);
    await assert.rejects(place.stack.destroy(), /E2BIG|argument list too long/i);

    const runProgram = async (_program: string, args: readonly string[]) => ({
      code: 0,
      stdout: await place.pulumi(...args.slice(0, 2)),
      stderr: "",
    });
    const [finding] = await checkState("dev", { runProgram } as unknown as CliContext);
    assert.equal(finding.state, "failed");
    assert.ok(finding.remedy?.includes(`pulumi state delete -s dev '${urn}' && pulumi up -s dev`));

    await place.pulumi("state", "delete", urn, "--yes");
    await place.stack.up();
    assert.equal(inTheirs(), 0);
    await atMost32KiB();
  });

  it("destroy returns all of them, and leaves nothing", async () => {
    await place.stack.destroy();
    assert.equal(inTheirs(), 1000);
    assert.deepEqual(alive(place), [0, 0, 1, 1000, 0]);
  });
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

import { patience, skipWithoutEngine, Workplace } from "./workplace";

/** Engines that this process has started, by their parent: the Automation API does not return them. */
function engines(): number[] {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return list
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => Number(parent) === process.pid && command === "pulumi")
    .map(([pid]) => Number(pid));
}

describe("an interrupted up, with the engine", function () {
  this.timeout(patience);
  let place: Workplace;

  before(async function () {
    skipWithoutEngine(this);
    // Long enough to be killed in.
    place = await Workplace.open("dev", { creatingMs: 5000 });
  });

  after(() => place?.close());

  it("killed while SORACOM makes the VPG, the next up ends with one of each", async () => {
    // One that another suite gave up on may still be there.
    const others = engines();
    // One operation at a time: what else is under way when an engine is killed may be made and in no state, at
    // AWS as well, and keep the VPC it is in from being deleted.
    const first = place.stack.up({ parallel: 1 }).then(
      () => "done",
      () => "killed",
    );
    while (place.soracom.world.vpgs.size === 0) await delay(50);
    const mine = engines().filter((engine) => !others.includes(engine));
    assert.equal(mine.length, 1);
    process.kill(mine[0], "SIGKILL");
    assert.equal(await first, "killed");
    const [orphan] = place.soracom.world.snapshot().vpgs;
    assert.ok(!place.stateText().includes(orphan.vpgId), "the state knows nothing of it");

    // The killed engine still holds the lock of the stack.
    await place.stack.cancel();
    await place.stack.up();
    const { vpgs, groups } = place.soracom.world.snapshot();
    assert.deepEqual(
      vpgs.map(({ vpgId, status, peerings }) => [
        vpgId,
        status,
        Object.keys(peerings ?? {}).length,
      ]),
      [[orphan.vpgId, "running", 1]],
    );
    assert.equal(groups.length, 1);
    const again = await place.stack.preview();
    assert.deepEqual(Object.keys(again.changeSummary), ["same"], again.stdout);
  });

  it("and everything of it can be taken down", async () => {
    await place.stack.destroy();
    const left = place.soracom.world.snapshot().vpgs.filter(({ status }) => status === "running");
    assert.deepEqual(left, []);
  });
});

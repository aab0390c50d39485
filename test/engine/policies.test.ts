import assert from "node:assert/strict";

import { patience, policiesIn, policyPacks, skipWithoutEngine, Workplace } from "./workplace";

describe("the policy pack, with the engine", function () {
  this.timeout(patience);
  let place: Workplace;

  before(async function () {
    skipWithoutEngine(this);
    place = await Workplace.open("dev");
  });

  after(() => place?.close());

  it("rejects a stack that admits other sources than devices, before anything is created", async () => {
    await place.set("canal", "none");
    await place.set("allowedCidr", "10.0.0.0/16");
    const printed = await place.stack.up({ policyPacks }).then(
      () => "made",
      (error: Error) => policiesIn(error.message),
    );
    assert.match(printed, /mandatory.*ingress-from-devices-only/);
    const made = await place.stack.exportStack();
    const types = (made.deployment.resources ?? []).map(({ type }: { type: string }) => type);
    assert.ok(!types.some((type: string) => type.includes("IngressRule")), types.join(" "));
  });
});

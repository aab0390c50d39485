import assert from "node:assert/strict";

import { created } from "./support";

const type = "command:local:Command";
const run = (create: string, spec: object = {}, interpreter = ["node", "soracom/main.js"]) => {
  const environment = { CANAL_FTP_SPEC: JSON.stringify(spec) };
  const { outputs } = created(type, "command", { interpreter, create, environment });
  return JSON.parse(String(outputs.stdout)) as Record<string, unknown>;
};

describe("resources/soracom", () => {
  it("returns what the driver prints, with the device inside the VPG's range", () => {
    const vpg = run("vpg ensure", { region: "jp", type: 14 });
    assert.equal(vpg.vpgCidr, "100.64.0.0/16");
    assert.equal(vpg.adopted, false);
    assert.equal(run("vpg ensure", { vpgId: "given" }).adopted, true);
    const peering = run("peering ensure", { vpcId: "vpc-1" });
    assert.match(String(peering.peeringConnectionId), /^pcx-[0-9a-f]{17}$/);
    assert.deepEqual(run("sims attach", { simIds: ["1"], groupId: "g" }), {
      groupId: "g",
      simsFrom: { "": ["1"] },
    });
  });

  it("fails for a command whose output is not known", () => {
    assert.throws(() => run("make coffee", {}, []), /make coffee.*resources\/soracom\.ts/);
  });
});

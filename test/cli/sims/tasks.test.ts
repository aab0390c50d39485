import assert from "node:assert/strict";

import type { Job } from "../../../soracom/job";
import { attachTasks, detachTasks, type Members } from "../../../cli/sims/tasks";
import { id, SimsLab } from "./support";

describe("tasks of SIMs", () => {
  const members: Members = {
    group: { groupId: "group-1", configuration: { SoracomAir: { vpgId: "vpg-1" } } },
    sims: new Map([
      ["here", { simId: "here", sessionStatus: { online: true, vpgId: "vpg-1" } }],
      ["elsewhere", { simId: "elsewhere", sessionStatus: { online: true } }],
      ["offline", { simId: "offline", sessionStatus: { online: false } }],
    ]),
  };
  const simIds = ["here", "elsewhere", "offline", "new"];

  it("attach: SIMs that are not in the group or whose session is elsewhere", () => {
    const tasks = attachTasks({} as Job, members, simIds);
    assert.deepEqual([...tasks.keys()], ["elsewhere", "new"]);
  });

  it("detach: every SIM, as one that has left may lack the last steps", () => {
    assert.deepEqual([...detachTasks({} as Job, members, simIds).keys()], simIds);
  });

  const sims = new SimsLab();

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
});

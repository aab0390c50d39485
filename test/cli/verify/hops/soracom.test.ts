import assert from "node:assert/strict";

import { groupHop, simsHop, vpgHop } from "../../../../cli/verify/hops/soracom";
import type { Subject } from "../../../../cli/verify/subject";
import { desired, problemsOf, soracomView } from "../../status/support";

const subject = (more: object) =>
  ({ desired, soracom: () => Promise.resolve(soracomView), ...more }) as unknown as Subject;

describe("the hops at SORACOM", () => {
  it("check VPG, group and SIMs, also virtual ones", async () => {
    const arc = { simId: "1", type: "virtual", arcSessionStatus: { vpgId: "vpg-2" } };
    const view = {
      ...soracomView,
      vpg: { ...soracomView.vpg, status: "failed" },
      group: { groupId: "group-1", configuration: { SoracomAir: { useVpg: false } } },
      sims: [arc],
    };
    const given = subject({ soracom: () => Promise.resolve(view) });
    assert.match(problemsOf(await vpgHop.check(given)).join(), /VPG vpg-1/);
    assert.match(problemsOf(await groupHop.check(given)).join(), /useVpg: false, not true/);
    assert.deepEqual(problemsOf(await simsHop.check(given)), [
      "drift: SIM 1: session in VPG vpg-2, not in this VPG",
    ]);
  });

  it("are notes without Canal", async () => {
    for (const hop of [simsHop, groupHop, vpgHop]) {
      const [finding] = await hop.check(subject({ desired: undefined }));
      assert.equal(finding.state, "note");
    }
  });
});

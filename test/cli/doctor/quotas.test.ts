import assert from "node:assert/strict";

import { AccountAws } from "../../../cli/doctor/account-aws";
import { checkQuotas } from "../../../cli/doctor/quotas";
import type { PlannedSite } from "../../../cli/doctor/site";
import { Cloud } from "../core/cloud";
import { desired } from "../status/support";
import { existingVpc } from "./support";

describe("checkQuotas", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });

  const check = async (site: Partial<PlannedSite> & { existingVpc?: object } = {}) => {
    const config = { existingVpc: site.existingVpc } as PlannedSite["config"];
    const findings = await checkQuotas(new AccountAws(cloud.aws()), {
      file: desired.file,
      config,
      outputs: site.outputs,
    });
    return findings.map(({ check: what, state, found }) => `${what}: ${state}: ${found}`);
  };

  it("checks VPCs, servers and concurrency before the first update", async () => {
    assert.deepEqual(await check(), [
      "VPCs in the region: ok: 1 of 5",
      "Transfer servers in the region: ok: 1 of 50",
      "concurrent function executions: ok: 1000",
    ]);
  });

  it("fails when a quota is used up", async () => {
    cloud.quotas = { vpc: { "VPCs per Region": 1 }, transfer: { "Servers per account": 1 } };
    assert.deepEqual((await check()).slice(0, 2), [
      "VPCs in the region: failed: 1 of 1",
      "Transfer servers in the region: failed: 1 of 1",
    ]);
  });

  it("needs no VPC for an existing one, and nothing more for a deployed stack", async () => {
    assert.equal((await check({ existingVpc })).length, 2);
    assert.equal((await check({ outputs: desired.outputs })).length, 1);
  });

  it("notes a low concurrency and unknown quotas", async () => {
    cloud.concurrency = 169;
    cloud.quotas = {};
    assert.deepEqual(await check(), [
      "VPCs in the region: note: 1; quota unknown",
      "Transfer servers in the region: note: 1; quota unknown",
      "concurrent function executions: note: 169",
    ]);
    cloud.concurrency = 170;
    assert.equal((await check()).at(-1), "concurrent function executions: ok: 170");
  });

  it("notes what the credentials may not read", async () => {
    cloud.awsError = { code: "AccessDeniedException", message: "not allowed" };
    for (const line of await check()) assert.match(line, /: note: cannot be read$/);
  });
});

import assert from "node:assert/strict";

import { DoctorLab, failuresOf } from "./support";

describe("canal-ftp doctor", function () {
  this.timeout(120_000);
  const doctor = new DoctorLab();

  it("finds nothing missing before the first update, and changes nothing", async () => {
    const { code, findings } = await doctor.run();
    assert.deepEqual(
      findings.map(({ check, state, found }) => [check, state, found]),
      [
        ["Node", "ok", process.versions.node],
        ["pulumi", "ok", "v3.248.0"],
        ["soracom", "ok", "SORACOM API client v1.7.0"],
        ["Pulumi.dev.yaml", "ok", "valid"],
        ["pulumi login", "ok", "operator"],
        [
          "stack",
          "note",
          "pulumi does not return the outputs of stack dev: error: no stack named 'dev' found",
        ],
        ["SORACOM's key", "ok", "accepted, coverage jp"],
        ["SORACOM's permissions", "ok", "the root user's"],
        [
          "VPG of this stack",
          "note",
          "none yet; pulumi up creates one, which is billed from then on",
        ],
        ["AWS account", "ok", "123456789012"],
        ["VPCs in the region", "ok", "1 of 5"],
        ["Transfer servers in the region", "ok", "1 of 50"],
        ["concurrent function executions", "ok", "1000"],
        ["log resource policies", "ok", "0 of 10 policies"],
        ["availability zones", "ok", "ap-northeast-1a, ap-northeast-1c"],
      ],
    );
    assert.equal(code, 0);
    const requests = doctor.lab.api.calls.filter(({ operationId }) => operationId !== "auth");
    assert.deepEqual([...new Set(requests.map(({ method }) => method))], ["GET"]);
  });

  it("finds nothing wrong with a deployed site, whose own peering and routes are no conflict", async () => {
    await doctor.deploy();
    const { code, findings } = await doctor.run();
    assert.equal(code, 0);
    assert.equal(findings.at(-1)?.found, "no other route to 100.64.152.0/24");
  });

  it("checks neither SORACOM nor AWS with an invalid configuration", async () => {
    doctor.configure({ "aws:region": "us-west-2" });
    const { code, findings } = await doctor.run();
    assert.equal(code, 1);
    assert.equal(failuresOf(findings).length, 1);
    assert.equal(findings.at(-1)?.check, "stack");
    assert.equal(doctor.lab.api.calls.length, 0);
  });

  it("checks the quotas of a site without Canal too, and not SORACOM", async () => {
    doctor.configure({ "canal-ftp:canal": "none", "canal-ftp:allowedCidr": "10.0.0.0/8" });
    const { code, findings } = await doctor.run();
    assert.equal(code, 0);
    assert.equal(findings.at(-1)?.check, "availability zones");
    assert.ok(!findings.some(({ check }) => check === "SORACOM's key"));
  });
});

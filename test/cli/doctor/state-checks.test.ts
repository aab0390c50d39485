import assert from "node:assert/strict";

import { DoctorLab, failuresOf } from "./support";

describe("checkState", function () {
  this.timeout(60_000);
  const doctor = new DoctorLab();
  const urn = "urn:pulumi:dev::canal-ftp::command:local:Command::canal-ftp-dev-sims-members";
  const command = (outputs: object) => ({ urn, type: "command:local:Command", outputs });

  it("is not made before the first update", async () => {
    const { findings } = await doctor.run();
    assert.ok(!findings.some(({ check }) => check === "state"));
  });

  it("accepts outputs that fit into an environment variable, and outputs of other types", async () => {
    await doctor.deploy();
    const large = "x".repeat(200_000);
    doctor.cloud.state = [
      command({ stdout: "{}", stderr: "x".repeat(100_000) }),
      { urn: "urn:b", type: "aws:s3/bucket:Bucket", outputs: { stdout: large } },
    ];
    assert.deepEqual(failuresOf((await doctor.run()).findings), []);
  });

  for (const name of ["stdout", "stderr"]) {
    it(`fails for a Command with a large ${name}, with the commands that recover it`, async () => {
      await doctor.deploy();
      doctor.cloud.state = [command({ [name]: "x".repeat(131_072) })];
      const { findings } = await doctor.run();
      assert.deepEqual(failuresOf(findings), [
        "state: the output of canal-ftp-dev-sims-members is too large",
      ]);
      const remedy = findings.find(({ check }) => check === "state")?.remedy;
      assert.match(remedy ?? "", /pulumi state delete -s dev '\S+' && pulumi up -s dev$/);
    });
  }
});

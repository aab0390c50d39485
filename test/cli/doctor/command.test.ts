import assert from "node:assert/strict";

import type { Finding } from "../../../cli/core/findings";
import { Lab } from "../../soracom/lab";
import { Programs } from "../core/as-process";

/** The command as a process, with a program named pulumi on the PATH and the stand-in for the SORACOM CLI. */
describe("canal-ftp doctor, as a process", function () {
  this.timeout(120_000);
  const programs = new Programs();
  let lab: Lab;

  before(async () => {
    lab = await Lab.open();
    const answers = { version: "v3.248.0\n", whoami: "operator\n" };
    programs.install("pulumi", new Map(Object.entries(answers)));
  });
  after(async () => {
    programs.remove();
    await lab.close();
  });

  const doctor = (...argv: string[]) => programs.start(["doctor", ...argv], lab).ended;

  it("prints a table, and ends with 3 when AWS cannot be reached", async () => {
    const { code, stdout, stderr } = await doctor("--stack", "dev");
    assert.deepEqual([code, stderr], [3, ""], stdout);
    assert.match(stdout, /^ok +pulumi +v3\.248\.0$/m);
    assert.match(stdout, /^ok +SORACOM's key +accepted, coverage jp$/m);
    assert.match(stdout, /AWS STS cannot be reached/);
  });

  it("prints JSON with --json, and ends with 2 for wrong usage", async () => {
    const { code, stdout } = await doctor("--stack", "dev", "--json");
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
    const unknown = findings.filter(({ state }) => state === "unknown");
    assert.deepEqual([code, ok, unknown.map(({ check }) => check)], [3, false, ["AWS's side"]]);
    assert.equal((await doctor("--stack", "production")).code, 2);
  });
});

import assert from "node:assert/strict";

import type { Finding } from "../../../cli/core/finding";
import { Programs } from "../core/as-process";
import { Cloud } from "../core/cloud";
import { Lab } from "../../soracom/lab";
import { root } from "../../support/golden";

/** What doctor asks of each program before a first update. */
const ASKED: Record<"pulumi" | "aws", string[][]> = {
  pulumi: [["version"], ["whoami"]],
  aws: [
    ["--version"],
    ["sts", "get-caller-identity"],
    ["ec2", "describe-vpcs"],
    ["transfer", "list-servers"],
    ["lambda", "get-account-settings"],
    ["service-quotas", "list-service-quotas", "--service-code", "vpc"],
    ["service-quotas", "list-service-quotas", "--service-code", "transfer"],
  ],
};

/** The command as a process, with programs named pulumi and aws on PATH and the stand-in SORACOM CLI. */
describe("npm run doctor, as a process", function () {
  this.timeout(120_000);
  const programs = new Programs();
  let lab: Lab;

  before(async () => {
    lab = await Lab.open();
  });
  after(async () => {
    programs.remove();
    await lab.close();
  });

  /** Programs that print what the cloud answers. */
  async function install(cloud: Cloud): Promise<void> {
    for (const program of ["pulumi", "aws"] as const) {
      const answers = new Map<string, string>();
      for (const args of ASKED[program]) {
        answers.set(args.join(" "), (await cloud.runTool(program, args)).stdout);
      }
      programs.install(program, answers);
    }
  }

  const doctor = (...argv: string[]) => programs.start("cli/doctor/main.ts", argv, lab).ended;

  it("ends with 0 and a table where all is there", async () => {
    await install(new Cloud());
    const { code, stdout, stderr } = await doctor("--stack", "dev");
    assert.deepEqual([code, stderr], [0, ""], stdout);
    assert.match(stdout, /^ok +pulumi +v3\.248\.0$/m);
    assert.match(stdout, /^ok +VPCs of the region +1 of 5$/m);
    assert.match(stdout, /^ok +SORACOM's key +accepted, coverage jp$/m);
  });

  it("ends with 1 and JSON where something is missing, and with 2 for wrong use", async () => {
    const cloud = new Cloud();
    cloud.quotas.vpc = { "VPCs per Region": 1 };
    await install(cloud);
    const { code, stdout } = await doctor("--stack", "dev", "--json");
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
    const failed = findings.filter(({ state }) => state === "failed");
    assert.deepEqual(
      [code, ok, failed.map(({ check }) => check)],
      [1, false, ["VPCs of the region"]],
    );
    assert.equal((await doctor()).code, 2);
  });
});

describe("npm run canal -- doctor", () => {
  it("says where it went", async () => {
    const { runCanal } = await import("../../../cli/status/program");
    let said = "";
    const code = await runCanal(["doctor", "--stack", "dev"], {
      root,
      env: {},
      out: () => undefined,
      error: (text) => void (said += text),
      errorIsTerminal: false,
      stop: new AbortController().signal,
      runTool: new Cloud().runTool,
    });
    assert.equal(code, 2);
    assert.match(said, /npm run doctor -- --stack NAME/);
  });
});

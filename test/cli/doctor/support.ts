import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { Finding } from "../../../cli/core/findings";
import { Lab } from "../../soracom/lab";
import { root } from "../../support/stack-values";
import { Cloud } from "../core/cloud";
import { deploy } from "../core/deployed";
import { run, type RunOptions } from "../core/support";

/** A canal-ftp:existingVpc. */
export const existingVpc = {
  vpcId: "vpc-0a1b",
  cidr: "172.16.0.0/16",
  subnetIds: ["subnet-0a"],
  routeTableIds: ["rtb-0a1"],
};

/** A project with a dev stack, SORACOM and AWS, reset before every test; nothing is deployed. */
export class DoctorLab {
  lab!: Lab;
  cloud!: Cloud;
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-doctor-"));

  constructor() {
    before(async () => {
      this.lab = await Lab.open();
      fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(this.folder, "Pulumi.yaml"));
    });
    after(async () => {
      fs.rmSync(this.folder, { recursive: true });
      await this.lab.close();
    });
    beforeEach(() => {
      this.lab.reset();
      this.cloud = new Cloud();
      this.configure({});
    });
  }

  /** Sets the dev stack's configuration. */
  configure(config: Record<string, unknown>): void {
    const values = { "aws:region": "ap-northeast-1", ...config };
    // JSON is YAML.
    fs.writeFileSync(path.join(this.folder, "Pulumi.dev.yaml"), JSON.stringify({ config: values }));
  }

  /** Deploys the project's own dev stack. */
  async deploy(): Promise<{ vpgId: string }> {
    const deployed = await deploy(this.lab);
    this.cloud = deployed.cloud;
    return deployed;
  }

  /** Runs `canal-ftp doctor`. */
  async run(options: RunOptions = {}) {
    const { code, document } = await run(["doctor", "--stack", "dev", "--json"], this.lab, {
      root: this.folder,
      runProgram: this.cloud.runProgram,
      aws: this.cloud.aws,
      ...options,
    });
    const { findings } = document<{ findings: Finding[] }>();
    return { code, findings };
  }
}

/** Findings that are neither ok nor a note, a line each. */
export const failuresOf = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state !== "ok" && state !== "note")
    .map(({ check, found }) => `${check}: ${found}`);

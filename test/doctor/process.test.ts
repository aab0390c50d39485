import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { Finding } from "../../canal/finding";
import { Cloud } from "../canal/cloud";
import { KEYS, Lab } from "../soracom/lab";
import { root } from "../support/golden";

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
  const bin = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-bin-"));
  let lab: Lab;

  before(async () => {
    lab = await Lab.open();
  });
  after(async () => {
    fs.rmSync(bin, { recursive: true });
    await lab.close();
  });

  /** Shell scripts that print what the cloud answers, and refuse a SORACOM key in their environment. */
  async function install(cloud: Cloud): Promise<void> {
    for (const program of ["pulumi", "aws"] as const) {
      const cases = await Promise.all(
        ASKED[program].map(async (args) => {
          const { stdout } = await cloud.runTool(program, args);
          return `"${args.join(" ")}"*) cat <<'END'\n${stdout}END\n;;`;
        }),
      );
      const script = [
        "#!/bin/sh",
        'if [ -n "$SORACOM_AUTH_KEY" ]; then echo "a key in the environment" >&2; exit 9; fi',
        'case "$*" in',
        ...cases,
        '*) echo "error: unknown: $*" >&2; exit 252;;',
        "esac",
      ];
      fs.writeFileSync(path.join(bin, program), `${script.join("\n")}\n`, { mode: 0o755 });
    }
  }

  function doctor(...argv: string[]) {
    const args = ["-r", "./tools/register.cjs", "doctor/main.ts", ...argv];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...process.env,
        ...KEYS,
        PATH: `${bin}${path.delimiter}${process.env.PATH}`,
        SORACOM_CLI: path.join(root, "soracom/stand-in/bin/soracom"),
        SORACOM_ENDPOINT: lab.api.endpoint,
        CANAL_FTP_POLL_SECONDS: "0.01",
      },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, stdout, stderr })),
    );
  }

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
    const { runCanal } = await import("../../canal/program");
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

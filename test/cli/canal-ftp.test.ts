import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as readline from "node:readline";

import { root } from "../support/stack-values";

/** What the command needs of the project. */
const parts = [
  ...["cli", "components", "fakes", "index.ts", "lambdas", "lib", "package.json"],
  ...["Pulumi.dev.yaml", "Pulumi.prod.yaml", "Pulumi.yaml", "resources", "soracom", "stacks"],
  ...["tsconfig.json", "twin"],
];

/** The command as a process, from a subfolder of a project whose path has spaces and Japanese characters. */
describe("canal-ftp, as a process", function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
  const project = path.join(folder, "工場 の カメラ");
  const subfolder = path.join(project, "notes");

  before(() => {
    for (const part of parts) {
      fs.cpSync(path.join(root, part), path.join(project, part), { recursive: true });
    }
    fs.symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"), "junction");
    fs.mkdirSync(subfolder);
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  /** Runs a command to its end, and closes its standard output after the first line on request. */
  async function run(argv: readonly string[], isClosedEarly: boolean) {
    const script = path.join(project, "cli", "canal-ftp.cjs");
    const child = spawn(process.execPath, [script, ...argv], {
      cwd: subfolder,
      // A machine without pulumi, soracom and AWS.
      env: {
        PATH: "",
        HOME: folder,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
        FTP_PASSWORD: "k3Jd82hsQp0xYtz",
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 40_000,
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const lines: string[] = [];
    const reader = readline.createInterface({ input: child.stdout });
    reader.on("line", (line) => {
      lines.push(line);
      if (isClosedEarly) child.stdout.destroy();
      // A server has no further output that could fail.
      if (["start", "soracom-api"].includes(argv[0])) child.kill();
    });
    const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
    return { code, lines, stderr };
  }

  const none = path.join(folder, "none");
  const commands: [argv: string[], code: number, output: RegExp][] = [
    [["--help"], 0, /^A private FTP server/],
    [["start", "--port", "0", "--json", "--data", path.join(folder, "twin")], 0, /^\{"ready":true/],
    [["picture"], 0, /^<svg/],
    [["doctor", "--stack", "dev"], 1, /^ +what +found/],
    [["cost"], 0, /./],
    [["deploy-role"], 0, /./],
    [["verify", "--twin", "--data", none], 1, /^No twin runs in .*none/],
    [["users", "list", "--twin", "--data", none], 1, /none/],
    [["sims", "list", "--stack", "dev"], 1, /^pulumi is not on the PATH/],
    [["status"], 1, /^pulumi is not on the PATH/],
    [["redrive", "--data", none], 1, /none/],
    [["replay", none], 1, /none/],
    [
      ["conformance", "--host", "127.0.0.1", "--port", "9", "--user", "camera01"],
      1,
      /ECONNREFUSED/,
    ],
    [["soracom-api", "--json", "--port", "0"], 0, /^\{"endpoint"/],
  ];
  for (const [argv, code, output] of commands) {
    it(`${argv[0]}: its output can be closed after the first line`, async () => {
      const ended = await run(argv, true);
      assert.match(ended.lines[0] ?? ended.stderr, output);
      assert.doesNotMatch(ended.stderr, /\n {4}at /);
      assert.equal(ended.code, code, ended.stderr);
    });
  }

  it("doctor reports every missing program, and checks AWS without the AWS CLI", async () => {
    const { code, lines } = await run(["doctor", "--stack", "dev", "--json"], false);
    assert.equal(code, 1);
    const { findings } = JSON.parse(lines[0]) as { findings: { check: string; state: string }[] };
    const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
    assert.deepEqual(
      [states.pulumi, states.soracom, states["AWS's side"]],
      ["failed", "failed", "unknown"],
    );
  });

  it("an unknown command gets the nearest, and exit code 2", async () => {
    const { code, stderr } = await run(["statsu"], false);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean status\?/);
  });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { bundleFunction, functionFile } from "../../../lambdas/bundle";
import type { Journey } from "../../../lambdas/canary/journey";
import { type Step, steps } from "../../../lambdas/canary/steps";
import { parseFault } from "../../../twin/faults/fault-setting";
import type { FtpEvent } from "../../../twin/ftp/events";
import { type RunningTwin, runTwin } from "../../support/running-twin";

const entry = path.resolve(__dirname, "../../../lambdas/canary/handler.ts");

const user = { name: "canary", password: "Zk3Jd82hsQp0xYt" };

/** What the function's process printed: a line for each journey, and what the handler gave. */
interface Run {
  readonly lines: Record<string, unknown>[];
  readonly journeys: Journey[];
  readonly printed: string;
}

/** The function as Lambda runs it, its one file in plain Node, against the twin as a device meets it. */
describe("canary: the bundled function against the twin", function () {
  this.timeout(30_000);
  let folder: string;
  let twin: RunningTwin | undefined;
  before(async () => {
    folder = fs.mkdtempSync(path.join(tmpdir(), "canary-"));
    fs.writeFileSync(path.join(folder, functionFile), await bundleFunction(entry));
  });
  after(() => fs.rmSync(folder, { recursive: true }));
  afterEach(async () => {
    await twin?.stop();
    twin = undefined;
  });

  async function run(environment: Record<string, string> = {}): Promise<Run> {
    const script = `require("./${functionFile}").handler().then(
      (journeys) => console.log(JSON.stringify(journeys)),
      (error) => console.log(JSON.stringify({ thrown: error.message })))`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      cwd: folder,
      env: {
        FTP_ADDRESSES: "127.0.0.1",
        FTP_PORT: String(twin?.twin.ftp.port ?? 1),
        FTP_USER: user.name,
        FTP_PASSWORD: user.password,
        AWS_LAMBDA_FUNCTION_NAME: "dev-canary",
        ...environment,
      },
    });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    return {
      lines: lines.slice(0, -1) as Record<string, unknown>[],
      journeys: lines.at(-1) as Journey[],
      printed: stdout + stderr,
    };
  }

  /** The one journey of a run that fails, with its line. */
  async function failure(environment: Record<string, string> = {}) {
    const { lines, journeys, printed } = await run(environment);
    assert.equal(journeys.length, 1, printed);
    assert.deepEqual([lines[0].CanarySuccess, lines[0].step], [0, journeys[0].failed?.step]);
    assert.ok(!printed.includes(user.password));
    return journeys[0].failed;
  }

  /** Commands of the session: those that the canary sends. */
  const commands = () =>
    (twin?.events ?? []).flatMap((event) => (event.kind === "command" ? [event.line] : []));

  it("succeeds, logs a metric for each step, leaves no file and shows no password", async () => {
    twin = await runTwin({ users: [user] });
    const { lines, journeys, printed } = await run();
    assert.deepEqual(journeys[0].failed, undefined, printed);
    assert.equal(lines.length, 1);
    const { _aws, ...fields } = lines[0];
    assert.deepEqual(
      [fields.outcome, fields.CanarySuccess, fields.FunctionName],
      ["succeeded", 1, "dev-canary"],
    );
    const [{ Metrics }] = (_aws as { CloudWatchMetrics: { Metrics: { Name: string }[] }[] })
      .CloudWatchMetrics;
    for (const { Name } of Metrics) assert.equal(typeof fields[Name], "number", Name);
    assert.equal(Metrics.length, 7);
    assert.ok(!printed.includes(user.password));
    assert.ok(!twin.log().includes(user.password));
    assert.deepEqual(commands().at(-2), "DELE canary-127.0.0.1.txt");
    const home = path.join(twin.twin.files, "users", user.name);
    assert.deepEqual(fs.existsSync(home) ? fs.readdirSync(home) : [], []);
  });

  it("tries each address, and reports the one that fails next to the one that does not", async () => {
    twin = await runTwin({ users: [user] });
    // There is no listener at another address of the loopback.
    const { lines, journeys } = await run({ FTP_ADDRESSES: "127.0.0.2,127.0.0.1" });
    assert.deepEqual(
      journeys.map(({ address, failed }) => [address, failed?.step]),
      [
        ["127.0.0.2", "connect"],
        ["127.0.0.1", undefined],
      ],
    );
    assert.deepEqual(
      lines.map(({ address, CanarySuccess }) => [address, CanarySuccess]),
      [
        ["127.0.0.2", 0],
        ["127.0.0.1", 1],
      ],
    );
  });

  const faults: [Step, string, RegExp, Record<string, string>?][] = [
    ["connect", "server-stopped", /^(no connection to 127\.0\.0\.1|greeting: )/],
    ["login", "slow-login=20", /^PASS: no reply in time$/, { TIMEOUT_SECONDS: "4" }],
    ["login", "drop-control@2", /^PASS: /],
    ["upload", "full-disk", /^STOR: reply 551 /],
    ["upload", "refuse-passive@1", /^PASV: reply 425 /],
    ["list", "refuse-passive@2", /^PASV: reply 425 /],
    ["download", "refuse-passive@3", /^PASV: reply 425 /],
    ["download", "drop-data@3", /^RETR: reply 426 /],
    ["delete", "drop-control@10", /^DELE: /],
  ];
  for (const [step, fault, reason, environment] of faults) {
    it(`names ${step} with --fault ${fault}`, async () => {
      twin = await runTwin({ users: [user], faults: [parseFault(fault)!] });
      const failed = await failure(environment);
      assert.match(failed?.reason ?? "", reason);
      assert.equal(failed?.step, step, failed?.reason);
    });
  }

  it("names login for a password that was changed in the table only", async () => {
    twin = await runTwin({ users: [{ ...user, password: "another1passwor" }] });
    const failed = await failure();
    assert.deepEqual(failed, {
      step: "login",
      reason: "PASS: reply 530 Authentication failed.",
    });
  });

  it("fails at connect when the security group admits other sources only", async () => {
    twin = await runTwin({ users: [user], deviceAddress: "10.1.2.3" });
    assert.equal((await failure())?.step, "connect");
  });

  it("names compare when the file is changed before it is fetched", async () => {
    twin = await runTwin({ users: [user] });
    const { files } = twin.twin;
    whenTold(twin, (event) => {
      if (event.kind !== "transfer" || event.direction !== "upload") return;
      const file = path.join(files, ...event.location.split("/").slice(2));
      fs.writeFileSync(file, "x".repeat(event.bytes));
    });
    assert.deepEqual(await failure(), {
      step: "compare",
      reason: "4096 bytes were sent, 4096 others came back",
    });
  });

  it("has a way to fail for each of its steps", () => {
    const named = new Set<Step>([...faults.map(([step]) => step), "compare"]);
    assert.deepEqual(
      steps.filter((step) => !named.has(step)),
      [],
    );
  });

  it("throws for settings it cannot use, and names them without their values", async () => {
    const { lines, journeys, printed } = await run({ FTP_ADDRESSES: "ftp.example" });
    assert.deepEqual(lines, []);
    assert.deepEqual(journeys, {
      thrown: "Missing or not valid: FTP_ADDRESSES",
    });
    assert.ok(!printed.includes(user.password));
  });

  it("is small: an FTP client and no SDK", async () => {
    const code = await bundleFunction(entry);
    assert.ok(code.length < 12 * 1024, String(code.length));
    assert.doesNotMatch(code, /node_modules|sourceMappingURL/);
  });
});

/** Does something at the very moment of an event, before the twin goes on. */
function whenTold({ events }: RunningTwin, react: (event: FtpEvent) => void): void {
  events.push = (...added) => {
    added.forEach(react);
    return Array.prototype.push.apply(events, added);
  };
}

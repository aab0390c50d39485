import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { copyProgram } from "../../support/program-copy";
import { freeRange } from "../../support/free-ports";
import { root } from "../../support/golden";
import { isInstalled, runClient } from "../../support/run-client";
import { runToExit, spawnTwin, startTwinProcess } from "../../support/twin-process";

describe("start/start", () => {
  it("prints one line of JSON when ready, and stops cleanly at SIGINT and SIGTERM", async () => {
    const range = await freeRange(9);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const twin = await startTwinProcess(["--passive-ports", range.join("-")]);
      const { ftp, users, files, bucket } = twin.ready;
      assert.deepEqual(ftp, { host: "127.0.0.1", port: ftp.port, passivePorts: range });
      assert.deepEqual(
        users.map(({ name }) => name),
        ["myuser"],
      );
      assert.match(users[0].password, /^[A-Za-z0-9]{15}$/);
      assert.equal(path.basename(files), bucket);
      assert.ok(fs.statSync(files).isDirectory());
      assert.equal(await twin.stop(signal), 0);
    }
  });

  it("generates another password at every start", async () => {
    const first = await startTwinProcess([]);
    await first.stop();
    const second = await startTwinProcess([]);
    await second.stop();
    assert.notEqual(first.ready.users[0].password, second.ready.users[0].password);
  });

  it("refuses a device from outside the allowed range, and names the missing rule", async function () {
    if (!isInstalled("curl")) this.skip();
    const twin = await startTwinProcess(["--device-address", "10.1.2.3"]);
    const { code } = await runClient("curl", ["-sS", `ftp://127.0.0.1:${twin.ready.ftp.port}/`]);
    assert.notEqual(code, 0);
    await twin.stop();
    assert.match(
      twin.stderr(),
      /SecurityGroup canal-ftp-dev-network-security-group has no rule that allows TCP port 21 from 10\.1\.2\.3/,
    );
    assert.doesNotMatch(twin.stderr(), /220 Service ready/);
  });

  it("serves prod", async () => {
    const twin = await startTwinProcess(["--stack", "prod", "--user", "cam:k3Jd82hsQp0xYtz"]);
    assert.match(twin.ready.bucket, /^canal-ftp-prod-/);
    await twin.stop();
  });

  it("reports four mistakes of a stack file in one message of four lines, and evaluates nothing", async () => {
    const wrong = `config:
  aws:region: ap-northeast-1
  canal-ftp:vpcCidr: 8.8.8.0/24
  canal-ftp:availabilityZones: 9
  canal-ftp:coverage: global
  canal-ftp:logRetentionDays: 17
`;
    const copy = copyProgram([["Pulumi.dev.yaml", /[^]*/, wrong]]);
    for (const part of ["cli", "fakes", "resources", "twin"]) {
      fs.cpSync(path.join(root, part), path.join(copy.folder, part), { recursive: true });
    }
    try {
      const { code, stdout, stderr } = await runToExit(["--port", "0"], copy.folder);
      assert.equal(code, 1);
      assert.equal(stdout, "Evaluating stack dev …\n");
      const lines = stderr.trimEnd().split("\n");
      assert.equal(lines.filter((line) => line.startsWith("  canal-ftp:")).length, 4, stderr);
      assert.equal(lines.length, 5, stderr);
      assert.ok(!fs.existsSync(path.join(copy.folder, ".twin")));
    } finally {
      copy.remove();
    }
  });

  it("names the port that is in use and the option for another", async () => {
    const blocker = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as net.AddressInfo;
    const { code, stderr } = await runToExit([
      "--port",
      String(port),
      "--passive-ports",
      (await freeRange(9)).join("-"),
    ]);
    blocker.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`${port}`));
    assert.match(stderr, /--port/);
    assert.doesNotMatch(stderr, /\n    at /);
  });

  it("names the process of a twin that already runs in the folder", async () => {
    const twin = await startTwinProcess([]);
    try {
      const { code, stderr } = await runToExit(["--port", "0", "--data", twin.data]);
      assert.equal(code, 1);
      assert.match(stderr, /A twin of stack dev already runs in .*: process \d+, FTP at 127/);
      assert.match(stderr, /Stop it, or give another folder with --data/);
    } finally {
      await twin.stop();
    }
  });

  it("ends cleanly when standard output is closed, as by head", async () => {
    const [port] = await freeRange(1);
    const range = (await freeRange(9)).join("-");
    const data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
    const ports = ["--port", String(port), "--passive-ports", range];
    const child = spawnTwin([...ports, "--data", data]);
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    let stderr = "";
    child.stderr!.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout!.on("data", (chunk: Buffer) => {
      if (!chunk.includes("Ctrl-C")) return;
      child.stdout!.destroy();
      // The twin prints the connection, which fails.
      net.connect(port, "127.0.0.1").on("error", () => undefined);
    });
    try {
      assert.deepEqual([await ended, stderr], [0, ""]);
    } finally {
      child.kill("SIGKILL");
      fs.rmSync(data, { recursive: true });
    }
  });

  it("prints its options with --help, and what is wrong with one", async () => {
    const { code, stdout } = await runToExit(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /--device-address[^]*Examples:/);
    assert.match(stdout, /default:\s+8192-8200/);
    assert.doesNotMatch(stdout, /default:\s+false|\[\d/);
    const misspelt = await runToExit(["--prot", "21"]);
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.stderr, /Did you mean --port/);
  });
});

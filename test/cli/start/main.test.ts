import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as net from "node:net";

import { copyProgram } from "../../support/program-copy";
import { freeRange } from "../../support/free-ports";
import { root } from "../../support/golden";
import { isInstalled, runClient } from "../../support/run-client";
import { runToExit, startTwinProcess } from "../../support/twin-process";

describe("twin/main", () => {
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

  it("makes up another password at every start", async () => {
    const first = await startTwinProcess([]);
    await first.stop();
    const second = await startTwinProcess([]);
    await second.stop();
    assert.notEqual(first.ready.users[0].password, second.ready.users[0].password);
  });

  it("gives a device from outside the allowed range no connection, and names the missing rule", async function () {
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

  it("serves prod as well", async () => {
    const twin = await startTwinProcess(["--stack", "prod", "--user", "cam:k3Jd82hsQp0xYtz"]);
    assert.match(twin.ready.bucket, /^canal-ftp-prod-/);
    await twin.stop();
  });

  it("tells four mistakes of a stack file in one message of four lines, and evaluates nothing", async () => {
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
      assert.equal(stdout, "");
      const lines = stderr.trimEnd().split("\n");
      assert.equal(lines.filter((line) => line.startsWith("  canal-ftp:")).length, 4, stderr);
      assert.equal(lines.length, 5, stderr);
      assert.ok(!fs.existsSync(path.join(copy.folder, ".twin")));
    } finally {
      copy.remove();
    }
  });

  it("says which port is taken and what to do", async () => {
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

  const misuse: [string, string[], RegExp][] = [
    ["a stack that is none", ["--stack", "staging"], /Allowed choices are dev, prod/],
    ["ten passive ports", ["--passive-ports", "8192-8201"], /1 to 9 ports/],
    ["an address of the network", ["--host", "0.0.0.0"], /loopback only/],
    ["a user without a password", ["--user", "cam"], /NAME:PASSWORD/],
    ["a misspelt option", ["--prot", "21"], /Did you mean --port/],
    ["a fault that is none", ["--fault", "drop-everything"], /drop-control {2}resets/],
    ["no time at all", ["--idle-timeout", "0"], /more than 0/],
    ["a bucket without its service", ["--store", "s3://bucket"], /go together/],
    ["a device that is none", ["--device-address", "here"], /IPv4/],
  ];
  for (const [what, args, message] of misuse) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await runToExit(args);
      assert.equal(code, 1);
      assert.match(stderr, message);
    });
  }

  it("explains itself with --help", async () => {
    const { code, stdout } = await runToExit(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /--device-address[^]*Examples:/);
  });
});

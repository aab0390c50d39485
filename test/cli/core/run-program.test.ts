import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { processRunner } from "../../../cli/core/run-program";

describe("processRunner", function () {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-bin-"));
  before(function () {
    // Node as pulumi: its arguments are a script.
    if (process.platform === "win32") this.skip();
    fs.symlinkSync(process.execPath, path.join(folder, "pulumi"));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const run = (script: string, env: NodeJS.ProcessEnv = {}, timeoutMs?: number) =>
    processRunner(folder, { PATH: folder, ...env })("pulumi", ["-e", script], timeoutMs);

  it("returns exit code and output, from the project's folder", async () => {
    const script = "console.log(process.cwd()); console.error('note'); process.exitCode = 7";
    const { code, stdout, stderr } = await run(script);
    assert.deepEqual(
      [code, fs.realpathSync(stdout.trim()), stderr],
      [7, fs.realpathSync(folder), "note\n"],
    );
  });

  it("passes no SORACOM key", async () => {
    const { stdout } = await run("console.log(JSON.stringify(process.env))", {
      SORACOM_AUTH_KEY: "secret",
      SORACOM_AUTH_KEY_ID: "keyId",
      SORACOM_PROFILE: "camera",
    });
    assert.doesNotMatch(stdout, /SORACOM_AUTH_KEY/);
    assert.match(stdout, /SORACOM_PROFILE/);
  });

  it("returns no exit code for a missing program", async () => {
    const { code } = await processRunner(folder, { PATH: "/nowhere" })("pulumi", []);
    assert.equal(code, undefined);
  });

  it("ends a program after the time limit", async () => {
    const { code } = await run("setInterval(() => {}, 1000)", {}, 50);
    assert.equal(code, 1);
  });
});

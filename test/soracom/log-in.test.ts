import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { logInFrom } from "../../soracom/log-in";

describe("logInFrom", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-profiles-"));
  after(() => fs.rmSync(folder, { recursive: true }));
  const write = (name: string, profile: object | string, mode = 0o600) => {
    const text = typeof profile === "string" ? profile : JSON.stringify(profile);
    fs.writeFileSync(path.join(folder, `${name}.json`), text, { mode });
  };
  const key = { authKeyId: "keyId-x", authKey: "secret-x" };
  const from = (SORACOM_PROFILE: string) =>
    logInFrom({ PATH: process.env.PATH, SORACOM_PROFILE, SORACOM_PROFILE_DIR: folder });

  it("takes the key of the environment", () => {
    const env = { SORACOM_AUTH_KEY_ID: "keyId-x", SORACOM_AUTH_KEY: "secret-x" };
    assert.deepEqual(logInFrom(env), { body: key });
  });

  it("takes a profile of any kind", () => {
    write("key", { coverageType: "jp", ...key });
    write("root", { email: "a@example.com", password: "p" });
    write("user", { operatorId: "OP1", username: "u", password: "p" });
    assert.deepEqual(from("key"), { body: key });
    assert.deepEqual(from("root"), { body: { email: "a@example.com", password: "p" } });
    assert.deepEqual(from("user"), {
      body: { operatorId: "OP1", userName: "u", password: "p" },
    });
  });

  it("switches from a profile's source to its user", () => {
    write("source", key);
    write("switched", { operatorId: "OP2", username: "u2", sourceProfile: "source" });
    assert.deepEqual(from("switched"), {
      body: key,
      switchTo: { operatorId: "OP2", userName: "u2" },
    });
    write("half", { username: "u2", sourceProfile: "source" });
    assert.throws(() => from("half"), /profile half .* needs operatorId and username/);
  });

  it("runs a profile's command without a shell", () => {
    const script = `process.stdout.write(JSON.stringify({authKeyId:"keyId-x",authKey:process.argv[1]}))`;
    write("command", { profileCommand: `"${process.execPath}" -e '${script}' 'secret-x'` });
    assert.deepEqual(from("command"), { body: key });
  });

  it("refuses a profile that others can read", function () {
    if (process.platform === "win32") this.skip();
    write("open", key, 0o600);
    fs.chmodSync(path.join(folder, "open.json"), 0o644);
    assert.throws(() => from("open"), /open\.json: others can read it; run chmod 600/);
  });

  for (const [what, profile, sentence] of [
    ["a profile that does not exist", undefined, /nix\.json: ENOENT\. Make one with/],
    ["one that is not JSON, without its text", "secret-x", /it is not JSON\. Make one with/],
    ["a command that fails", { profileCommand: "false" }, /the command of SORACOM profile nix: /],
  ] as const) {
    it(`reports ${what}`, () => {
      if (profile !== undefined) write("nix", profile);
      assert.throws(
        () => from("nix"),
        (error: Error) => sentence.test(error.message) && !error.message.includes("secret-x"),
      );
    });
  }
});

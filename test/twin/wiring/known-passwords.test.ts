import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { KnownPasswords } from "../../../twin/wiring/known-passwords";

describe("twin/wiring/known-passwords", () => {
  let data: string;
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

  const open = (password: string) => KnownPasswords.open(data, [{ name: "cam", password }]);
  const codeOf = async (known: KnownPasswords, user: string, sent: string) =>
    (await known.explain(user, sent))?.code;

  it("explains a password that is the beginning of the right one, and no other short one", async () => {
    const known = await open("k3Jd82hsQp0xYtz");
    assert.deepEqual(await known.explain("cam", "k3Jd82"), {
      code: "password-cut",
      reason: "The device sent the first 6 of the 15 characters of cam's password.",
    });
    for (const sent of ["", "k3Jd8x", "K3JD82"]) {
      assert.equal(await known.explain("cam", sent), undefined);
    }
    assert.equal(await known.explain("constructor", "k3Jd82"), undefined);
  });

  it("explains a password of an earlier start, which no file has in plain", async () => {
    await open("first-password");
    await open("second-password");
    const known = await open("third-password");
    for (const former of ["first-password", "second-password"]) {
      assert.equal(await codeOf(known, "cam", former), "password-former");
    }
    assert.equal(await codeOf(known, "cam", "no-password"), undefined);
    assert.equal(await codeOf(known, "cam", "third-password"), "login-denied");
    const text = fs.readFileSync(path.join(data, "former-passwords.json"), "utf8");
    assert.doesNotMatch(text, /-password/);
  });

  it("hashes a password that stays once", async () => {
    const file = path.join(data, "former-passwords.json");
    await open("same-password");
    const before = fs.readFileSync(file, "utf8");
    await open("same-password");
    assert.equal(fs.readFileSync(file, "utf8"), before);
  });
});

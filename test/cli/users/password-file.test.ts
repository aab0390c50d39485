import assert from "node:assert/strict";
import * as fs from "node:fs";

import { UserError } from "../../../cli/core/errors";
import { PasswordFile } from "../../../cli/users/password-file";
import { temporaryFolder } from "./support";

describe("users/password-file", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it("only its owner can read it, and later passwords are appended", () => {
    const name = folder.path("one.csv");
    for (const [user, password] of [
      ["cam-1", "first"],
      ["cam-2", 'a,"b'],
      ["cam-1", "second"],
    ]) {
      const file = PasswordFile.open(name);
      file.add(user, password);
      file.close();
    }
    assert.equal(fs.statSync(name).mode & 0o777, 0o600);
    assert.equal(fs.readFileSync(name, "utf8").split("\n")[0], "name,password");
    const file = PasswordFile.open(name);
    const expected = new Map([
      ["cam-1", "second"],
      ["cam-2", 'a,"b'],
    ]);
    assert.deepEqual(file.read(), expected);
    file.close();
  });

  it("is not used when others can read it", () => {
    const name = folder.path("open.csv");
    fs.writeFileSync(name, "");
    fs.chmodSync(name, 0o640);
    assert.throws(
      () => PasswordFile.open(name),
      (error) => error instanceof UserError && /mode 640.*chmod 600/.test(error.message),
    );
    assert.equal(fs.readFileSync(name, "utf8"), "");
  });

  it("reports when it cannot be written", () => {
    const name = folder.path("nowhere/file.csv");
    assert.throws(() => PasswordFile.open(name), /cannot be written/);
  });
});

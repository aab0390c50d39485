import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { generatedUser, saveUser } from "../../../twin/source/generated-user";

describe("twin/source/generated-user", () => {
  let data: string;
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

  it("keeps its password, in a file for its owner only", () => {
    const first = generatedUser(data);
    assert.match(first.password, /^[A-Za-z0-9]{15}$/);
    assert.deepEqual(fs.readdirSync(data), []);
    saveUser(data, first);
    assert.deepEqual(generatedUser(data), first);
    const { mode } = fs.statSync(path.join(data, "generated-user.json"));
    if (process.platform !== "win32") assert.equal(mode & 0o777, 0o600);
  });

  it("gets a new one where a longer one is required, or the file is damaged", () => {
    const first = generatedUser(data);
    saveUser(data, first);
    const longer = generatedUser(data, 24);
    assert.match(longer.password, /^[A-Za-z0-9]{24}$/);
    saveUser(data, longer);
    assert.deepEqual(generatedUser(data), longer);
    fs.writeFileSync(path.join(data, "generated-user.json"), "{");
    const last = generatedUser(data);
    assert.ok(![first.password, longer.password].includes(last.password));
  });
});

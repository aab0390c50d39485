import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { runTwin } from "../support/running-twin";

describe("twin, a user that no one named", () => {
  let data: string;
  before(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  after(() => fs.rmSync(data, { recursive: true, force: true }));

  /** Starts a twin in the folder, and gives its users and what it reports of a login with this password. */
  async function login(password?: string, users: { name: string; password: string }[] = []) {
    const running = await runTwin({ data, users });
    const [user] = running.twin.users;
    const result = await running.client(password ?? user.password).then(
      () => "logged in",
      (error: Error) => error.message,
    );
    await running.stop();
    return { user, result, log: running.log() };
  }

  it("logs in with the same password at the next start, and a former one is explained", async () => {
    const first = await login();
    assert.equal(first.result, "logged in");
    const second = await login(first.user.password);
    assert.deepEqual([second.result, second.user], ["logged in", first.user]);
    const named = [{ name: "myuser", password: "another-password" }];
    const third = await login(first.user.password, named);
    assert.match(third.result, /^530/);
    assert.match(third.log, /was myuser's password at an earlier start of the twin/);
  });
});

import assert from "node:assert/strict";

import { RunningTwin, runTwin } from "../../support/running-twin";
import { addUser, dataFolder, reasonsOf, tryLogIn, users, decisions } from "./support";

describe("twin, rotation of a password", () => {
  const data = dataFolder();
  let running: RunningTwin;
  const attempt = (name: string, password: string) => tryLogIn(running.twin.ftp, name, password);

  before(async () => {
    running = await runTwin({ data: data.path });
  });
  after(async () => {
    await running.stop();
    data.remove();
  });

  it("both passwords work until rotate --finish; then the old one fails, remembered or not", async () => {
    const old = await addUser(data.path, "rot-1");
    assert.equal(await attempt("rot-1", old), 230);
    const { stdout } = await users(data.path, "rotate", "rot-1", "--json");
    const [{ password }] = (JSON.parse(stdout) as { users: { password: string }[] }).users;
    assert.equal(await attempt("rot-1", password), 230);
    assert.equal(await attempt("rot-1", old), 230);
    assert.deepEqual(reasonsOf(data.path, "rot-1"), ["password", "password", "remembered"]);

    assert.equal((await users(data.path, "rotate", "rot-1", "--finish")).code, 0);
    assert.equal(await attempt("rot-1", old), 530);
    assert.equal(await attempt("rot-1", password), 230);
    assert.deepEqual(reasonsOf(data.path, "rot-1").slice(3), ["wrong-password", "remembered"]);
  });

  it("a disabled user is denied at the next login, though remembered, and accepted again when enabled", async () => {
    const password = await addUser(data.path, "dis-1");
    assert.equal(await attempt("dis-1", password), 230);
    await users(data.path, "disable", "dis-1");
    assert.equal(await attempt("dis-1", password), 530);
    await users(data.path, "enable", "dis-1");
    assert.equal(await attempt("dis-1", password), 230);
    const expected = ["password", "disabled", "remembered"];
    assert.deepEqual(reasonsOf(data.path, "dis-1"), expected);
  });

  it("a removed user is unknown", async () => {
    const password = await addUser(data.path, "gone-1");
    await users(data.path, "remove", "gone-1");
    assert.equal(await attempt("gone-1", password), 530);
    // The name is not on record any more, so the log has a digest of it.
    assert.deepEqual(reasonsOf(data.path, "gone-1"), []);
    const last = decisions(data.path).at(-1)!;
    assert.deepEqual([last.Reason, last.user?.[0]], ["unknown-user", "~"]);
  });
});

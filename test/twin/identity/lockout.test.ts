import assert from "node:assert/strict";

import { RunningTwin, runTwin } from "../../support/running-twin";
import { addUser, ageFailures, dataFolder, reasonsOf, tryLogIn, users } from "./support";

describe("twin, lockout", () => {
  const data = dataFolder();
  let running: RunningTwin;
  const start = async (deviceAddress: string) => {
    running = await runTwin({ data: data.path, deviceAddress });
  };
  const attempt = (name: string, password: string) => tryLogIn(running.twin.ftp, name, password);

  async function lock(name: string): Promise<void> {
    for (let wrong = 1; wrong <= 6; wrong++) assert.equal(await attempt(name, "wrong-one"), 530);
    assert.deepEqual(reasonsOf(data.path, name).slice(-2), ["wrong-password", "locked"]);
  }

  before(() => start("100.64.0.10"));
  after(async () => {
    await running.stop();
    data.remove();
  });

  it("after 6 wrong passwords denies the right one until the lockout ends", async () => {
    const password = await addUser(data.path, "lock-1");
    await lock("lock-1");
    assert.equal(await attempt("lock-1", password), 530);
    assert.equal(reasonsOf(data.path, "lock-1").at(-1), "locked");
    await ageFailures(data.path, "lock-1", 800);
    assert.equal(await attempt("lock-1", password), 530);
    await ageFailures(data.path, "lock-1", 110);
    assert.equal(await attempt("lock-1", password), 230);
  });

  it("accepts a password that was verified before, and no other", async () => {
    const password = await addUser(data.path, "lock-0");
    assert.equal(await attempt("lock-0", password), 230);
    await lock("lock-0");
    assert.equal(await attempt("lock-0", password), 230);
    assert.equal(await attempt("lock-0", "another-one"), 530);
    assert.deepEqual(reasonsOf(data.path, "lock-0").slice(-2), ["remembered", "locked"]);
  });

  it("unlock takes effect immediately", async () => {
    const password = await addUser(data.path, "lock-2");
    await lock("lock-2");
    assert.equal(await attempt("lock-2", password), 530);
    assert.match((await users(data.path, "list")).stdout, /^lock-2 .*locked from 100\.64\.0\.10$/m);
    assert.equal((await users(data.path, "unlock", "lock-2")).code, 0);
    assert.equal(await attempt("lock-2", password), 230);
    assert.match((await users(data.path, "list")).stdout, /^lock-2 .*active$/m);
  });

  it("a locked user can log in from another address, and stays locked at the first", async () => {
    const password = await addUser(data.path, "lock-3");
    await lock("lock-3");
    await running.stop();
    await start("100.64.0.11");
    assert.equal(await attempt("lock-3", password), 230);
    await running.stop();
    await start("100.64.0.10");
    assert.equal(await attempt("lock-3", "another-one"), 530);
    assert.equal(reasonsOf(data.path, "lock-3").at(-1), "locked");
  });

  it("locks one user only", async () => {
    await addUser(data.path, "lock-4");
    const password = await addUser(data.path, "lock-5");
    await lock("lock-4");
    assert.equal(await attempt("lock-5", password), 230);
  });
});

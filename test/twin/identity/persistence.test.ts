import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { findRunning } from "../../../twin/running";
import { runTwin } from "../../support/running-twin";
import { addUser, dataFolder, tryLogIn, users } from "./support";

describe("twin, data that persists between starts", () => {
  let data: ReturnType<typeof dataFolder>;
  beforeEach(() => (data = dataFolder()));
  afterEach(() => data.remove());

  const start = (users: { name: string; password: string }[]) =>
    runTwin({ data: data.path, users });
  const inFolder = (name: string) => path.join(data.path, name);

  it("keeps users that were added later, and removes a user that the stack no longer has", async () => {
    const first = { name: "first-1", password: "k3Jd82hsQp0xYtz" };
    const second = { name: "second-1", password: "Zt7mQx2KwB9bLc4" };
    const before = await start([first]);
    const password = await addUser(data.path, "added-1");
    assert.equal(await tryLogIn(before.twin.ftp, first.name, first.password), 230);
    await before.stop();

    const stopped = await addUser(data.path, "added-2");
    const after = await start([second]);
    const attempts = [
      [second.name, second.password, 230],
      ["added-1", password, 230],
      ["added-2", stopped, 230],
      [first.name, first.password, 530],
    ] as const;
    for (const [name, right, code] of attempts) {
      assert.equal(await tryLogIn(after.twin.ftp, name, right), code, name);
    }
    await after.stop();
    const { stdout } = await users(data.path, "list");
    assert.doesNotMatch(stdout, /first-1/);
    assert.match(stdout, /added-1[^]*added-2[^]*second-1/);
  });

  it("a running twin writes its addresses to a file of its owner, and removes it when it stops", async () => {
    const running = await start([]);
    const file = inFolder("twin.json");
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    const written = await findRunning(data.path);
    const { ftp, bucket, deviceAddress, stack } = running.twin;
    const [host, port] = [ftp.host, ftp.port];
    assert.deepEqual(
      { ...written, tables: undefined, reads: undefined, s3: undefined },
      {
        ...{ pid: process.pid, stack: "dev", tables: undefined, reads: undefined, s3: undefined },
        ...{ table: stack.outputs.userTable, bucket, ftp: { host, port }, deviceAddress },
      },
    );
    assert.doesNotMatch(fs.readFileSync(file, "utf8"), /password|scrypt/i);
    await running.stop();
    assert.ok(!fs.existsSync(file) && !fs.existsSync(inFolder("tables.lock")));
    assert.equal(await findRunning(data.path), undefined);
  });

  it("files of a killed twin are recognized, by process and by endpoint", async () => {
    const running = await start([]);
    const written = JSON.parse(fs.readFileSync(inFolder("twin.json"), "utf8")) as object;
    await running.stop();
    // A process that has just ended, and a port that is no longer open.
    const { pid: gone } = spawnSync(process.execPath, ["-e", ""]);
    for (const pid of [gone, process.pid]) {
      fs.writeFileSync(inFolder("twin.json"), JSON.stringify({ ...written, pid }));
      const { tables: endpoint } = written as { tables: string };
      fs.writeFileSync(inFolder("tables.lock"), JSON.stringify({ pid, endpoint }));
      assert.equal(await findRunning(data.path), undefined);
      const { code, stdout, stderr } = await users(data.path, "list");
      assert.equal(code, 0, stderr);
      assert.match(stdout, /myuser/);
    }
    fs.writeFileSync(inFolder("twin.json"), "half a f");
    assert.equal(await findRunning(data.path), undefined);
    const again = await start([]);
    await again.stop();
  });

  it("two twins do not share a folder", async () => {
    const running = await start([]);
    await assert.rejects(start([]), new RegExp(`Process ${process.pid} has these tables open`));
    const { code } = await users(data.path, "list");
    assert.equal(code, 0, "the refused twin left the first one's lock alone");
    await running.stop();
  });
});

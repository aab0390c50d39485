import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { RunningTwin, runTwin } from "../../support/running-twin";
import { addUser, dataFolder, fetchText, mustLogIn, refused, store } from "./support";

describe("twin, what users may do", () => {
  const data = dataFolder();
  let running: RunningTwin;

  /** A file in the bucket from another client. */
  function place(key: string, text: string): void {
    const file = path.join(running.twin.files, key);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const stored = (key: string) => path.join(running.twin.files, key);

  before(async () => {
    running = await runTwin({ data: data.path });
  });
  after(async () => {
    await running.stop();
    data.remove();
  });

  it("a read-only user lists and reads, and cannot write", async () => {
    const password = await addUser(data.path, "reader", "--access", "read-only");
    place("users/reader/settings.txt", "interval=60");
    const client = await mustLogIn(running.twin.ftp, "reader", password);
    assert.equal(await fetchText(client, "settings.txt"), "interval=60");
    assert.deepEqual(
      (await client.list()).map(({ name }) => name),
      ["settings.txt"],
    );
    assert.equal(await refused(store(client, "new.txt", "x")), 550);
    assert.equal(await refused(store(client, "settings.txt", "interval=1")), 550);
    assert.equal(await refused(client.remove("settings.txt")), 450);
    assert.ok([550, 553].includes(await refused(client.rename("settings.txt", "other.txt"))));
    assert.equal(await refused(client.send("MKD folder")), 550);
    client.close();
    assert.deepEqual(fs.readdirSync(stored("users/reader")), ["settings.txt"]);
    assert.equal(fs.readFileSync(stored("users/reader/settings.txt"), "utf8"), "interval=60");
    assert.match(running.log(), /session policy/);
  });

  it("a drop-box user writes files, and cannot read or delete them", async () => {
    const password = await addUser(data.path, "dropper", "--access", "drop-box");
    const client = await mustLogIn(running.twin.ftp, "dropper", password);
    await store(client, "left.txt", "measured");
    assert.equal(fs.readFileSync(stored("users/dropper/left.txt"), "utf8"), "measured");
    assert.equal(await refused(fetchText(client, "left.txt")), 550);
    assert.equal(await refused(client.remove("left.txt")), 450);
    assert.ok([550, 553].includes(await refused(client.rename("left.txt", "other.txt"))));
    client.close();
    assert.deepEqual(fs.readdirSync(stored("users/dropper")), ["left.txt"]);
  });

  it("a further folder exists next to the home with its own permissions", async () => {
    const map = ["--map", "/config=shared/config", "--map", "/in=shared/in:drop-box"];
    const password = await addUser(data.path, "mapped", ...map);
    place("shared/config/device.ini", "interval=60");
    const client = await mustLogIn(running.twin.ftp, "mapped", password);
    assert.deepEqual(
      (await client.list()).map(({ name }) => name),
      ["config", "home", "in"],
    );
    assert.equal(await fetchText(client, "/config/device.ini"), "interval=60");
    assert.equal(await refused(store(client, "/config/device.ini", "x")), 550);
    await store(client, "/home/own.txt", "mine");
    await store(client, "/in/left.txt", "theirs");
    assert.equal(await refused(fetchText(client, "/in/left.txt")), 550);
    client.close();
    assert.equal(fs.readFileSync(stored("users/mapped/own.txt"), "utf8"), "mine");
    assert.equal(fs.readFileSync(stored("shared/in/left.txt"), "utf8"), "theirs");
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import { publishRunning, findRunning, type Running } from "../../twin/running";
import { temporaryFolder } from "./queue/support";

describe("a twin that is running in a folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let tables: http.Server;
  let running: Running;

  before(async () => {
    tables = http.createServer((_request, response) => response.writeHead(400).end());
    await new Promise<void>((resolve) => tables.listen(0, "127.0.0.1", resolve));
    running = {
      pid: process.pid,
      stack: "dev",
      tables: `http://127.0.0.1:${(tables.address() as AddressInfo).port}`,
      table: "users",
      bucket: "files",
      ftp: { host: "127.0.0.1", port: 2121 },
      deviceAddress: "100.64.0.10",
      reads: "http://127.0.0.1:1",
      s3: "http://127.0.0.1:1",
    };
  });
  after(() => tables.close());
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  it("is found until it has reported that it stopped", async () => {
    const withdraw = publishRunning(folder.path, running);
    assert.deepEqual(await findRunning(folder.path), running);
    withdraw();
    assert.equal(await findRunning(folder.path), undefined);
  });

  it("is found by its owner only: with its addresses any process can write users", () => {
    const file = path.join(folder.path, "twin.json");
    // What an older one has left, that everybody may read.
    fs.writeFileSync(file, "{}", { mode: 0o644 });
    publishRunning(folder.path, running);
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it("is none when its process is gone, or another has its number", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    publishRunning(folder.path, { ...running, pid });
    assert.equal(await findRunning(folder.path), undefined);
    publishRunning(folder.path, { ...running, tables: "http://127.0.0.1:1" });
    assert.equal(await findRunning(folder.path), undefined);
  });

  it("is none where the file is absent or cannot be read", async () => {
    assert.equal(await findRunning(folder.path), undefined);
    fs.writeFileSync(path.join(folder.path, "twin.json"), '{"pid":');
    assert.equal(await findRunning(folder.path), undefined);
  });
});

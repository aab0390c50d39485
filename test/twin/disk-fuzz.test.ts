import assert from "node:assert/strict";
import fs from "node:fs";
import fsPromises from "node:fs/promises";
import * as path from "node:path";
import { mock } from "node:test";

import { FtpPlayer } from "../../lib/ftp-player";
import { randomNumbers } from "../../cli/capacity/simulation";
import { runTwin, testUser, type RunningTwin } from "../support/running-twin";

/** A run of 10,000 takes some minutes: FUZZ_OPERATIONS=10000. */
const operations = Number(process.env.FUZZ_OPERATIONS ?? 400);

/** The share of calls of the disk that fail, and how they fail. */
const faultRate = 0.04;
const codes = ["EIO", "ENOSPC", "EMFILE", "EACCES"];

/** What fails: calls of Node's disk functions that name a path below the twin's folder, and writes to open files. */
const asyncCalls = [
  ...["open", "mkdir", "rename", "link", "unlink", "rmdir", "lstat", "stat", "realpath"],
  ...["readdir", "rm", "readFile", "writeFile"],
] as const;
const syncCalls = [
  ...["appendFileSync", "mkdirSync", "renameSync", "writeFileSync", "readFileSync", "readdirSync"],
  ...["rmSync", "writeSync", "readSync"],
] as const;

describe("twin on a disk that fails at random", () => {
  const random = randomNumbers(Number(process.env.FUZZ_SEED ?? 7));
  let running: RunningTwin;
  let isFailing = false;
  let injected = 0;

  function mayFail(where: unknown): void {
    const isOurs = typeof where === "number" ? where > 2 : String(where).startsWith(dataFolder());
    if (!isFailing || !isOurs || random() >= faultRate) return;
    injected++;
    const code = codes[Math.floor(random() * codes.length)];
    throw Object.assign(new Error(`${code}: injected`), { code });
  }

  const dataFolder = () => path.join(running.twin.files, "..", "..");

  before(async () => {
    running = await runTwin();
    type Call = (...args: unknown[]) => unknown;
    for (const name of asyncCalls) {
      const real = fsPromises[name] as unknown as Call;
      const failing: Call = async (...args) => {
        mayFail(args[0]);
        return real(...args);
      };
      mock.method(fsPromises as unknown as Record<string, Call>, name, failing);
    }
    for (const name of syncCalls) {
      const real = fs[name] as unknown as Call;
      const failing: Call = (...args) => {
        mayFail(args[0]);
        return real(...args);
      };
      mock.method(fs as unknown as Record<string, Call>, name, failing);
    }
  });

  after(async () => {
    isFailing = false;
    mock.restoreAll();
    await running.stop();
  });

  /** What is stored, read while nothing fails. */
  function stored(name: string): string | undefined {
    const failing = isFailing;
    isFailing = false;
    const file = path.join(running.twin.files, "users", testUser.name, name);
    const found = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    isFailing = failing;
    return found;
  }

  async function login(): Promise<FtpPlayer> {
    const { host, port } = running.twin.ftp;
    const { player } = await FtpPlayer.connect(host, port);
    await player.play(`USER ${testUser.name}`);
    const { replies } = await player.play(`PASS ${testUser.password}`);
    assert.match(replies[0], /^230/);
    return player;
  }

  /** One client with files of its own: after each reply the disk agrees with the reply. */
  async function operate(player: FtpPlayer, id: number, count: number): Promise<void> {
    const files = new Map<string, string>();
    const pick = () => `c${id}-${Math.floor(random() * 4)}`;
    for (let number = 0; number < count; number++) {
      const name = pick();
      const before = files.get(name);
      const choice = random();
      if (choice < 0.5) {
        const content = `${id} ${number} `.repeat(1 + Math.floor(random() * 20_000));
        await player.play("PASV");
        const reply = (await player.play(`STOR ${name}`, Buffer.from(content))).replies.at(-1)!;
        const isStored = reply.startsWith("226");
        if (isStored) files.set(name, content);
        else assert.match(reply, /^(4|5)\d\d /, reply);
        assert.ok(stored(name) === (isStored ? content : before), `STOR was answered ${reply}`);
      } else if (choice < 0.65) {
        const [reply] = (await player.play(`DELE ${name}`)).replies;
        if (reply.startsWith("250")) files.delete(name);
        assert.ok(stored(name) === files.get(name), `DELE was answered ${reply}`);
      } else if (choice < 0.8) {
        const to = pick();
        await player.play(`RNFR ${name}`);
        const [reply] = (await player.play(`RNTO ${to}`)).replies;
        if (reply.startsWith("250")) {
          files.delete(name);
          files.set(to, before!);
        }
        for (const each of [name, to]) {
          assert.ok(stored(each) === files.get(each), `RNTO was answered ${reply}`);
        }
      } else {
        await player.play("PASV");
        const { replies, received } = await player.play(`RETR ${name}`);
        if (replies.at(-1)!.startsWith("226")) {
          assert.ok(received?.toString() === before, "RETR gave other bytes");
        }
      }
    }
    player.close();
  }

  it(`answers each of ${operations} operations by its result, and continues`, async function () {
    this.timeout(600_000);
    const players = await Promise.all(Array.from({ length: 4 }, login));
    isFailing = true;
    await Promise.all(
      players.map((player, id) => operate(player, id, operations / players.length)),
    );
    isFailing = false;
    assert.ok(injected > operations / 10, `${injected} faults`);
    const player = await login();
    await player.play("PASV");
    assert.match((await player.play("STOR last", Buffer.from("last"))).replies.at(-1)!, /^226/);
    assert.equal(stored("last"), "last");
    player.close();
  });
});

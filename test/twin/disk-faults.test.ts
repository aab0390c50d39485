import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { connect, type Socket } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { FtpPlayer } from "../../lib/ftp-player";
import { freeRange } from "../support/free-ports";
import { root } from "../support/golden";
import { until } from "../support/until";

const password = "k3Jd82hsQp0xYtz";

/** Bytes of the small disk, and of an upload that does not fit. */
const [diskBytes, tooMany] = [24 * 1024 * 1024, 32 * 1024 * 1024];

/** The table of replies in docs/twin.md, by fault and command; "…" stands for any text. */
class ReplyTable {
  private readonly unread = new Map<string, string>();
  private readonly rows: ReadonlyMap<string, string>;

  constructor() {
    const [, section] = fs
      .readFileSync(path.join(root, "docs/twin.md"), "utf8")
      .split("\n## When the disk fails\n");
    const rows = section.matchAll(/^\| (.+?) +\| (.+?) +\| `(\d.+?)` +\|$/gm);
    this.rows = new Map(
      [...rows].map(([, fault, command, reply]) => [`${fault}: ${command}`, reply]),
    );
    this.unread = new Map(this.rows);
  }

  /** Compares a reply of a twin with the table's. */
  check(fault: string, command: string, reply: string | undefined): void {
    const row = `${fault}: ${command}`;
    const expected = this.rows.get(row);
    assert.ok(expected !== undefined, `docs/twin.md has no row for ${row}`);
    this.unread.delete(row);
    const shortened = expected.endsWith("…") ? `${reply?.slice(0, expected.length - 1)}…` : reply;
    assert.equal(shortened, expected, row);
  }

  /** The rows that no reply was compared with. */
  get unchecked(): string[] {
    return [...this.unread.keys()];
  }
}

/** A twin as a process that a test may starve; what it prints is collected. */
class Victim {
  private constructor(
    private readonly child: ReturnType<typeof spawn>,
    readonly data: string,
    private readonly port: number,
    readonly output: () => string,
  ) {}

  static async start(data: string, { before = "", after = "", port = 0 } = {}): Promise<Victim> {
    const ports = ["--port", String(port), "--passive-ports", (await freeRange(9)).join("-")];
    const user = ["--user", `cam01:${password}`];
    const args = [process.execPath, "cli/canal-ftp.cjs", "start", "--data", data];
    const line = [...args, ...ports, ...user].map((each) => `'${each}'`).join(" ");
    const shell = ["-c", `${before} exec ${line} ${after}`];
    const child = spawn("sh", shell, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    const ready = await until("the twin is ready", async () => {
      if (child.exitCode !== null) throw new Error(output);
      if (port !== 0 && (await isListening(port))) return port;
      return /ftp -p 127\.0\.0\.1 (\d+)/.exec(output)?.[1];
    });
    return new Victim(child, data, Number(ready), () => output);
  }

  async login(): Promise<FtpPlayer> {
    const { player } = await FtpPlayer.connect("127.0.0.1", this.port);
    await player.play("USER cam01");
    const { replies } = await player.play(`PASS ${password}`);
    if (!replies[0].startsWith("230")) {
      player.close();
      throw new Error(replies[0]);
    }
    await player.play("TYPE I");
    return player;
  }

  /** A connection without a login. */
  connect(): Socket {
    return connect(this.port, "127.0.0.1").on("error", () => undefined);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Path of a stored file. */
  stored(name: string): string {
    const buckets = path.join(this.data, "buckets");
    const [bucket] = fs.readdirSync(buckets).filter((each) => !each.includes("log"));
    return path.join(buckets, bucket, "users", "cam01", name);
  }

  async stop(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => this.child.on("close", resolve));
    this.child.kill("SIGTERM");
    return exit;
  }
}

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function put(player: FtpPlayer, name: string, content: Buffer | string): Promise<string> {
  await player.play("PASV");
  const { replies } = await player.play(`STOR ${name}`, Buffer.from(content));
  return replies.at(-1) ?? "";
}

/** A folder that the twin still writes to is removed again. */
const removal = { recursive: true, force: true, maxRetries: 5 };

describe("twin on a disk that fails (on Linux)", () => {
  let data: string;
  let victim: Victim | undefined;
  const table = new ReplyTable();
  let skipped = 0;

  before(function () {
    if (process.platform !== "linux") this.skip();
  });
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  afterEach(async function () {
    skipped += Number(this.currentTest?.state !== "passed");
    if (victim?.isRunning) await victim.stop();
    victim = undefined;
    spawnSync("umount", [data]);
    fs.rmSync(data, removal);
  });

  /** What is stored before a fault, during it and after it, and that the twin ends well. */
  async function endsWell(twin: Victim): Promise<void> {
    const player = await twin.login();
    assert.equal(await put(player, "after.bin", "after"), "226 Transfer complete.");
    assert.equal(fs.readFileSync(twin.stored("after.bin"), "utf8"), "after");
    player.close();
    assert.equal(await twin.stop(), 0, twin.output());
  }

  it("serves on when folders are removed: data, uploads under way, queues, logs, events, functions", async () => {
    victim = await Victim.start(data);
    const player = await victim.login();
    assert.match(await put(player, "before.bin", "before"), /^226/);
    const file = victim.stored("during.bin");
    for (const name of fs.readdirSync(data)) {
      if (name !== "tables" && !name.endsWith(".lock")) {
        fs.rmSync(path.join(data, name), removal);
      }
    }
    table.check("folders removed", "STOR", await put(player, "during.bin", "during"));
    assert.equal(fs.readFileSync(file, "utf8"), "during");
    const [size] = (await player.play("SIZE before.bin")).replies;
    table.check("folders removed", "SIZE of a file in them", size);
    player.close();
    const events = fs.readFileSync(path.join(data, "events.jsonl"), "utf8");
    assert.match(events, /during\.bin/);
    await endsWell(victim);
  });

  it("serves on when no log, event or queue can be written, and reports each once", async () => {
    victim = await Victim.start(data);
    let player = await victim.login();
    assert.match(await put(player, "before.bin", "before"), /^226/);
    player.close();
    // A folder cannot be appended to, and a file cannot hold messages; root is refused as well.
    for (const name of ["events.jsonl", "logs/identity-provider.log", "logs/upload-events.log"]) {
      fs.rmSync(path.join(data, name), { force: true });
      fs.mkdirSync(path.join(data, name));
    }
    for (const name of ["queues", "tags"]) {
      fs.rmSync(path.join(data, name), removal);
      fs.writeFileSync(path.join(data, name), "");
    }
    for (const name of ["during.bin", "more.bin"]) {
      player = await victim.login();
      const fault = "logs and queues not writable";
      table.check(fault, "STOR", await put(player, name, "during"));
      table.check(fault, "DELE", (await player.play(`DELE ${name}`)).replies[0]);
      assert.ok(!fs.existsSync(victim.stored(name)));
      player.close();
    }
    const faults = victim.output().match(/fault .*/g) ?? [];
    const of = (name: string) => faults.filter((fault) => fault.includes(`${name} cannot be`));
    assert.equal(of("events.jsonl").length, 1, faults.join("\n"));
    assert.equal(of("identity-provider.log").length, 1, faults.join("\n"));
    for (const name of fs.readdirSync(data)) {
      if (/^(events\.jsonl|logs|queues|tags)$/.test(name)) {
        fs.rmSync(path.join(data, name), removal);
      }
    }
    await endsWell(victim);
    assert.match(victim.output(), /events\.jsonl can be written again; \d+ entries are missing/);
  });

  it("answers 551 on a full disk, keeps the old file and recovers", async function () {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", data]);
    if (mounted.status !== 0) {
      this.test!.title += " (needs the right to mount)";
      this.skip();
    }
    victim = await Victim.start(data);
    const player = await victim.login();
    assert.match(await put(player, "a.bin", "old"), /^226/);
    const reply = await put(player, "a.bin", Buffer.alloc(tooMany));
    table.check("disk full", "STOR over a file", reply);
    assert.equal(fs.readFileSync(victim.stored("a.bin"), "utf8"), "old");
    // The received part has filled the disk: nothing can be written, and what is there can be read.
    await player.play("PASV");
    const read = await player.play("RETR a.bin");
    assert.equal(read.received?.toString(), "old");
    table.check("disk full", "RETR", read.replies.at(-1));
    const fill = path.join(data, "fill");
    spawnSync("sh", ["-c", `cat /dev/zero > ${fill}`]);
    const small = await put(player, "b.bin", "x".repeat(5000));
    table.check("disk full", "STOR of a new file", small);
    assert.match((await player.play("MKD folder")).replies[0], /^(257|550)/);
    fs.rmSync(fill);
    fs.rmSync(path.join(data, "partial"), removal);
    player.close();
    await endsWell(victim);
  });

  it("answers 551 in a folder that cannot be written, and recovers", async function () {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "tmpfs", data]);
    if (mounted.status !== 0) {
      this.test!.title += " (needs the right to mount)";
      this.skip();
    }
    victim = await Victim.start(data);
    const player = await victim.login();
    assert.match(await put(player, "a.bin", "old"), /^226/);
    const uploading = path.join(data, "uploading");
    fs.renameSync(uploading, `${uploading}.away`);
    fs.writeFileSync(uploading, "");
    const fault = "upload folder not writable";
    table.check(fault, "STOR over a file", await put(player, "a.bin", "new"));
    assert.equal(fs.readFileSync(victim.stored("a.bin"), "utf8"), "old");
    fs.rmSync(uploading);
    const home = path.dirname(victim.stored("a.bin"));
    spawnSync("mount", ["--bind", home, home]);
    spawnSync("mount", ["-o", "remount,ro,bind", home]);
    table.check("home read-only", "STOR over a file", await put(player, "a.bin", "new"));
    await player.play("RNFR a.bin");
    for (const line of ["RNTO b.bin", "DELE a.bin", "MKD d"]) {
      const [reply] = (await player.play(line)).replies;
      table.check("home read-only", line.split(" ")[0], reply);
    }
    assert.deepEqual(fs.readdirSync(home), ["a.bin"]);
    spawnSync("umount", [home]);
    player.close();
    await endsWell(victim);
  });

  it("serves its open sessions without free descriptors, and recovers", async () => {
    victim = await Victim.start(data, { before: "ulimit -n 200;" });
    const player = await victim.login();
    assert.match(await put(player, "before.bin", "before"), /^226/);
    const idle = Array.from({ length: 260 }, () => victim!.connect());
    await until("connections are refused", () =>
      /fault New connections cannot be accepted: 90 clients are connected/.test(victim!.output()),
    );
    const fault = "no free descriptors";
    table.check(fault, "NOOP in an open session", (await player.play("NOOP")).replies[0]);
    table.check(fault, "STOR in an open session", await put(player, "during.bin", "during"));
    player.close();
    idle.forEach((socket) => socket.destroy());
    await until("a login succeeds again", async () => {
      const again = await victim!.login().catch(() => undefined);
      again?.close();
      return again !== undefined;
    });
    await endsWell(victim);
  });

  it("continues when standard output cannot be written", async () => {
    const [port] = await freeRange(1);
    victim = await Victim.start(data, { port, after: "> /dev/full" });
    const player = await victim.login();
    table.check("standard output not writable", "STOR", await put(player, "a.bin", "a"));
    player.close();
    await endsWell(victim);
    assert.match(victim.output(), /Standard output cannot be written: .*ENOSPC/);
  });

  it("ends when nothing reads what it prints: npm start | head -1", async () => {
    const ports = (await freeRange(9)).join("-");
    const line = `'${process.execPath}' cli/canal-ftp.cjs start --port 0 --data '${data}' --passive-ports ${ports}; echo "exit $?" >&2`;
    const { stdout, stderr } = spawnSync("sh", ["-c", `{ ${line}; } | head -1`], {
      cwd: root,
      encoding: "utf8",
      timeout: 120_000,
    });
    assert.equal(stdout, "Evaluating stack dev …\n");
    assert.equal(stderr, "exit 0\n");
  });

  it("has compared every reply in the table of docs/twin.md", function () {
    if (skipped > 0) this.skip();
    assert.deepEqual(table.unchecked, []);
  });
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as readline from "node:readline";
import { FolderStore } from "../../../twin/store/folder-store";
import { freeRange } from "../../support/free-ports";
import { root } from "../../support/golden";
import { dial, RawClient } from "./raw-client";

/** Each with ten uploads under way when the process is killed. */
const killCount = 10;
const uploadCount = 10;

describe("kill -9 in the middle of uploads", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ftp-kill-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(`of ${killCount * uploadCount} files each is whole, or absent with what came of it kept aside`, async function () {
    this.timeout(60_000);
    const outcomes = { reported: 0, whole: 0, absent: 0 };
    for (let kill = 0; kill < killCount; kill++) {
      const content = randomBytes(400_000 + Math.floor(Math.random() * 2_000_000));
      // Spread from the first bytes to the last, whatever the machine's speed.
      const killAfter = ((kill + Math.random()) / killCount) * uploadCount * content.length;
      const reported = await uploadAndKill(kill, content, killAfter);
      await FolderStore.open({
        root: join(folder, "root"),
        staging: join(folder, "staging"),
        partial: join(folder, "partial"),
      });
      assert.deepEqual(readdirSync(join(folder, "staging")), []);
      const there = readdirSync(join(folder, "root"));
      for (let number = 0; number < uploadCount; number++) {
        const name = `${kill}-${number}.bin`;
        const isThere = there.includes(name);
        assert.ok(isThere || !reported.has(name), `${name} was reported and is not there`);
        if (isThere) {
          assert.ok(readFileSync(join(folder, "root", name)).equals(content), `${name} is whole`);
        }
        outcomes.reported += Number(reported.has(name));
        outcomes.whole += Number(isThere);
        outcomes.absent += Number(!isThere);
      }
      for (const name of readdirSync(join(folder, "partial"))) {
        assert.ok(
          !there.includes(name.replace(/\.\d{8}T.*$/, "")),
          `${name} next to the whole file`,
        );
        const part = readFileSync(join(folder, "partial", name));
        if (name.startsWith(`${kill}-`)) {
          assert.ok(content.subarray(0, part.length).equals(part), `${name} is a beginning`);
        }
      }
    }
    // Or the kills came too early or too late to show anything.
    assert.ok(outcomes.absent > 0 && outcomes.whole > 0, JSON.stringify(outcomes));
  });

  /**
   * Kills the process once all uploads together have handed over so many bytes.
   *
   * @returns the names whose 226 came before the process was gone
   */
  async function uploadAndKill(
    kill: number,
    content: Buffer,
    killAfter: number,
  ): Promise<Set<string>> {
    const script = join(__dirname, "storage-process.ts");
    const ports = (await freeRange(9)).map(String);
    const child = spawn(process.execPath, ["-r", "ts-node/register", script, folder, ...ports], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = new Promise((resolve) => child.once("exit", resolve));
    const port = Number(
      await new Promise<string>((resolve) =>
        readline.createInterface({ input: child.stdout }).once("line", resolve),
      ),
    );
    const reported = new Set<string>();
    let sent = 0;
    const uploads = Array.from({ length: uploadCount }, async (_, number) => {
      const name = `${kill}-${number}.bin`;
      const client = await RawClient.login(port).catch(() => undefined);
      const passive = await client?.pasv().catch(() => undefined);
      if (client === undefined || passive === undefined) return;
      const data = await dial(passive);
      if ((await client.send(`STOR ${name}`)).startsWith("150")) {
        // Each at a pace of its own, so that a kill finds them at every stage.
        for (let at = 0; at < content.length && !data.destroyed; at += 65_536) {
          const block = content.subarray(at, at + 65_536);
          await new Promise((resolve) => data.write(block, resolve));
          sent += block.length;
          if (sent >= killAfter) child.kill("SIGKILL");
          await new Promise((resolve) => setTimeout(resolve, number * 2));
        }
        data.end();
        if ((await client.reply()).startsWith("226")) reported.add(name);
      }
      client.close();
    });
    await Promise.all(uploads);
    child.kill("SIGKILL");
    await exit;
    return reported;
  }
});

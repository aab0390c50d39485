import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { formatEvent, parseRecording } from "../../../twin/recording/format";
import { recordedSessions, replaySession } from "../../../twin/recording/replay";
import { root } from "../../support/golden";
import { RawClient } from "../../twin/ftp/raw-client";
import { eventually, testPassword, startEndpoint, type TestEndpoint } from "../../twin/ftp/support";

describe("replay", () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint();
  });
  afterEach(() => endpoint.stop());

  /** A recorded session with an upload, a listing and a refused command. */
  async function record(): Promise<string> {
    const client = await RawClient.login(endpoint.port);
    await client.send("TYPE I");
    await client.put("STOR a.bin", "twelve bytes");
    await client.get("NLST");
    await client.send("APPE a.bin");
    await client.send("QUIT");
    await eventually("the end", () => endpoint.events.some(({ kind }) => kind === "closed"));
    return endpoint.events.map((event, at) => formatEvent({ at, event })).join("\n");
  }

  it("says a recorded session again, with as many bytes, and is answered the same", async () => {
    const [commands] = recordedSessions(parseRecording(await record())).values();
    const again = await startEndpoint();
    const differing: string[] = [];
    const server = { host: "127.0.0.1", port: again.port, password: testPassword };
    await replaySession(commands, server, (line, before, now) => {
      const masked = (replies: readonly string[]): string =>
        replies.join("|").replace(/\(127.*\)/, "(ADDRESS)");
      if (masked(before) !== masked(now)) differing.push(line);
    });
    assert.deepEqual(differing, []);
    assert.deepEqual(readFileSync(join(again.root, "a.bin")), Buffer.alloc(12));
    await again.stop();
  });

  it("prints the report of a recording", async () => {
    const file = join(endpoint.folder, "recording.txt");
    writeFileSync(file, await record());
    const script = join(root, "cli", "canal-ftp.cjs");
    const { stdout, status } = spawnSync(
      process.execPath,
      [script, "replay", file, "--report-only"],
      { encoding: "utf8", timeout: 15_000 },
    );
    assert.equal(status, 0);
    assert.match(stdout, /^session [0-9a-f]{8} of camera01 from 127\.0\.0\.1: 1 stored/);
    assert.match(stdout, /fails append:/);
  });
});

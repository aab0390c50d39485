import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
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

  it("repeats a recorded session with the same number of bytes, and receives the same replies", async () => {
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

  /** Writes a recording and replays it against an endpoint, as a user does. */
  function replayFile(recording: string, port: number) {
    const file = join(endpoint.folder, "recording.txt");
    writeFileSync(file, recording);
    const script = join(root, "cli", "canal-ftp.cjs");
    const child = spawn(process.execPath, [script, "replay", file, "--port", String(port)], {
      env: { ...process.env, FTP_PASSWORD: testPassword },
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    return new Promise<{ status: number | null; stdout: string }>((resolve) =>
      child.on("close", (status) => resolve({ status, stdout })),
    );
  }

  it("keeps the bytes of a Shift_JIS name, which is refused with 501 both times", async () => {
    const client = await RawClient.login(endpoint.port);
    // A Japanese name in cp932, whose second bytes can be ASCII.
    const name = Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x2e, 0x63, 0x73, 0x76]);
    client.write(Buffer.concat([Buffer.from("STOR "), name, Buffer.from("\r\n")]));
    assert.equal(await client.reply(), "501 Invalid character in command");
    await client.send("QUIT");
    await eventually("the end", () => endpoint.events.some(({ kind }) => kind === "closed"));
    const text = endpoint.events.map((event, at) => formatEvent({ at, event })).join("\n");
    assert.match(text, /> STOR \\x93\\xfa\\x96\{\.csv$/m);
    const { status, stdout } = await replayFile(text, endpoint.port);
    assert.match(stdout, /< 501 Invalid character in command/);
    assert.equal(status, 0, stdout);
    // The server received the recorded bytes again.
    const received = endpoint.events.flatMap((event) =>
      event.kind === "command" && event.bytes ? [event.bytes.subarray(5)] : [],
    );
    assert.deepEqual(received, [name, name]);
  });

  it("exits 1 when a reply differs in its text or code, and shows both", async () => {
    const recording = await record();
    const changed = recording.replace("200 Command TYPE okay.", "200 Type set to I.");
    assert.notEqual(changed, recording);
    const { status, stdout } = await replayFile(changed, endpoint.port);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /< 200 Command TYPE okay\.\n {4}recorded: 200 Type set to I\./);
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

/** What a twin keeps of what happens in it: versions, events, a recording, a report. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { SessionSummary } from "../../twin/compatibility/report";
import type { BusEvent } from "../../twin/events/transfer-events";
import { parseRecording } from "../../twin/recording/format";
import { startTwin, type Twin } from "../../twin/twin";
import { freeRange } from "../support/free-ports";
import { root } from "../support/golden";
import { RawClient } from "./ftp/raw-client";
import { eventually } from "./ftp/support";

const user = { name: "camera01", password: "k3Jd82hsQp0xYtz" };

describe("twin, what it keeps", () => {
  let twin: Twin;
  let data: string;
  const summaries: SessionSummary[] = [];

  before(async () => {
    data = mkdtempSync(path.join(tmpdir(), "canal-ftp-watch-"));
    twin = await startTwin(
      root,
      {
        stack: "dev",
        host: "127.0.0.1",
        port: 0,
        passivePorts: await freeRange(9),
        data,
        users: [user],
        lockout: false,
        record: path.join(data, "recording.txt"),
      },
      {
        ftp: () => undefined,
        notice: () => undefined,
        fault: () => undefined,
        report: { finding: () => undefined, summary: (summary) => summaries.push(summary) },
      },
      { timeouts: { failedLoginDelayMs: 0 } },
    );
  });
  after(async () => {
    await twin.close();
    rmSync(data, { recursive: true, force: true });
  });

  async function login(password = user.password): Promise<{ client: RawClient; reply: string }> {
    const client = await RawClient.connect(twin.ftp.port);
    await client.send(`USER ${user.name}`);
    return { client, reply: await client.send(`PASS ${password}`) };
  }
  const events = (): BusEvent[] =>
    readFileSync(path.join(data, "events.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as BusEvent);

  it("an event for every file, versions of what was replaced, and the fragment of a cut upload", async () => {
    const { client } = await login();
    await client.send("TYPE I");
    await client.put("STOR a.txt", "one");
    await client.put("STOR a.txt", "two");
    const data1 = await client.openData();
    await client.send("STOR cut.bin");
    data1.write("fragment");
    await new Promise((resolve) => setTimeout(resolve, 30));
    data1.resetAndDestroy();
    assert.match(await client.reply(), /^426/);
    await client.send("DELE a.txt");
    client.close();

    const place = `/${twin.bucket}/users/camera01`;
    assert.deepEqual(
      events().map(({ "detail-type": type, detail }) => [type, detail["file-path"], detail.bytes]),
      [
        ["FTP Server File Upload Completed", `${place}/a.txt`, 3],
        ["FTP Server File Upload Completed", `${place}/a.txt`, 3],
        ["FTP Server File Upload Failed", `${place}/cut.bin`, 8],
        ["FTP Server File Delete Completed", `${place}/a.txt`, undefined],
      ],
    );
    assert.equal(events()[2].detail["failure-code"], "PARTIAL_UPLOAD");
    const kept = (folder: string): string[] => {
      const place = path.join(data, folder, twin.bucket, "users", "camera01");
      return readdirSync(place).map((name) => readFileSync(path.join(place, name), "utf8"));
    };
    assert.deepEqual(kept("versions").sort(), ["one", "two"]);
    assert.deepEqual(kept("partial"), ["fragment"]);
    await eventually("the report", () => summaries.length === 1);
    assert.deepEqual(
      summaries[0].findings.map(({ rule }) => rule),
      ["overwrite", "cut-upload"],
    );
    const log = readFileSync(path.join(data, "versions", `${twin.bucket}.jsonl`), "utf8");
    assert.match(log, /"user-agent":"AWSTransfer","user-agent-id":"camera01@s-[0-9a-f]+"/);
  });

  it("the recording of it all, to its last line and without the password", async () => {
    const { client } = await login();
    await client.send("APPE x");
    await client.send("QUIT");
    await eventually("the end", () => summaries.length === 2);
    await eventually("the recording", () =>
      /- QUIT\n$/.test(readFileSync(path.join(data, "recording.txt"), "utf8")),
    );
    const text = readFileSync(path.join(data, "recording.txt"), "utf8");
    assert.ok(!text.includes(user.password));
    const lines = [...parseRecording(text)].flatMap(({ event }) =>
      event.kind === "command" ? [event.line] : [],
    );
    assert.deepEqual(lines.slice(-4), ["USER camera01", "PASS ***", "APPE x", "QUIT"]);
  });

  it("with no lockout, twenty wrong passwords lock no user", async () => {
    for (let count = 0; count < 20; count++) {
      const { client, reply } = await login("wrong");
      assert.match(reply, /^530/);
      client.close();
    }
    const { client, reply } = await login();
    assert.match(reply, /^230/);
    client.close();
  });
});

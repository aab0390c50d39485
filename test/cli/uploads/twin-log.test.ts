import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { summarizeTwinLog } from "../../../cli/uploads/twin-log";

describe("summarizeTwinLog", () => {
  let data: string;
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "twin-log-"))));
  afterEach(() => fs.rmSync(data, { recursive: true }));

  const write = (day: string, name: string, text: string) => {
    const folder = path.join(data, "buckets", "log", "uploads", day);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const row = (ended: string) =>
    JSON.stringify({ device: "a", outcome: "completed", problem: null, bytes: 1, key: "k", ended });
  const since = (time: string) => summarizeTwinLog(data, Date.parse(time) / 1000);

  it("counts rows from the time on, inclusive, of any day", () => {
    write("dt=2026-11-25", "1.json", row("2026-11-25T23:59:59.999Z"));
    write("dt=2026-11-26", "2.json", row("2026-11-26T00:00:00.000Z"));
    write("dt=2026-11-27", "3.json", row("2026-11-27T10:00:00.000Z"));
    assert.deepEqual(
      ["2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z", "2026-11-26T00:00:01Z"].map(
        (time) => since(time)[0].files,
      ),
      [3, 2, 1],
    );
    assert.deepEqual(since("2026-11-28T00:00:00Z"), []);
  });

  it("opens no file of an earlier day, and none that is not a row", () => {
    write("dt=2026-11-24", "damaged.json", "{");
    write("dt=2026-11-26", "1.json", row("2026-11-26T10:00:00.000Z"));
    write("dt=2026-11-26", "2.json.part", "{");
    assert.equal(since("2026-11-25T12:00:00Z")[0].files, 1);
  });

  it("names the folder that has no log, also when it has a bucket of files", () => {
    const noLog = { code: "no-log", message: /has no log of uploads: start the twin/ };
    assert.throws(() => since("2026-11-25T12:00:00Z"), noLog);
    fs.mkdirSync(path.join(data, "buckets", "files", "uploads", "pictures"), { recursive: true });
    assert.throws(() => since("2026-11-25T12:00:00Z"), noLog);
  });
});

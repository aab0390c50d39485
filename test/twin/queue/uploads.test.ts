import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";

import { rowColumns } from "../../../lambdas/upload-events/upload-row";
import { until } from "../../support/until";
import { temporaryFolder } from "./support";
import { UploadTwin } from "./upload-twin";

const bytes = Buffer.from("123456789");

/** From a device's STOR to the row of the log, through a twin started by its command, with the unchanged program. */
describe("an upload to a running twin", function () {
  let data: ReturnType<typeof temporaryFolder>;
  let twin: UploadTwin;
  before(async () => {
    data = temporaryFolder();
    twin = await UploadTwin.start(data.path);
  });
  after(async () => {
    await twin.stop();
    data.remove();
  });

  it("creates one row, in the folder of its day, with every column of the table", async () => {
    await twin.store("whole.jpg", bytes);
    const { file, row } = await twin.rowOf("whole.jpg");
    assert.match(file, /^uploads\/dt=\d{4}-\d\d-\d\d\/[0-9a-f]{32}\.json$/);
    assert.equal(file.slice("uploads/dt=".length, -38), String(row.ended).slice(0, 10));
    assert.deepEqual(Object.keys(row), Object.keys(rowColumns));
    const { id, etag, version, session, server, started, ended, logged, ...rest } = row;
    assert.deepEqual(rest, {
      device: "camera01",
      bucket: twin.process.ready.bucket,
      key: "users/camera01/whole.jpg",
      renamed_from: null,
      outcome: "completed",
      failure: null,
      problem: null,
      verified: true,
      bytes: 9,
      checksum: "crc32:y/Q5Jg==",
      address: "100.64.0.10",
    });
    assert.equal(path.basename(file), `${String(id)}.json`);
    assert.ok([etag, session, server].every((value) => typeof value === "string" && value !== ""));
    assert.match(String(version), /^[0-9a-f]{32}$/);
    const times = [started, ended, logged].map((time) => Date.parse(String(time)));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
  });

  it("leaves the file in place, without tags", async () => {
    await twin.store("untouched.jpg", bytes);
    await twin.rowOf("untouched.jpg");
    const file = path.join(twin.process.ready.files, "users", "camera01", "untouched.jpg");
    assert.deepEqual(fs.readFileSync(file), bytes);
    assert.ok(!fs.existsSync(path.join(data.path, "tags")));
  });

  it("that is empty has a row with that outcome and a metric for the alarm", async () => {
    await twin.store("empty.jpg", Buffer.alloc(0));
    const { row } = await twin.rowOf("empty.jpg");
    assert.deepEqual([row.outcome, row.problem, row.bytes], ["completed", "empty", 0]);
    assert.equal((await twin.counted("users/camera01/empty.jpg")).ProblemUploads, 1);
  });

  it("that is cut has a row with that outcome and a metric for the alarm; the name keeps no partial file", async () => {
    await twin.cut("cut.jpg", Buffer.alloc(200_000, "x"));
    const { row } = await twin.rowOf("cut.jpg");
    assert.equal(row.outcome, "partial");
    assert.match(String(row.failure), /^PARTIAL_UPLOAD: /);
    assert.deepEqual([row.verified, row.etag], [false, null]);
    const counted = await twin.counted("users/camera01/cut.jpg");
    assert.equal(counted.PartialUploads, 1);
    const { _aws, FunctionName } = counted as Record<string, never> & {
      _aws: { CloudWatchMetrics: { Namespace: string; Metrics: { Name: string }[] }[] };
    };
    const [{ Namespace, Metrics }] = _aws.CloudWatchMetrics;
    assert.equal(Namespace, "CanalFtp");
    assert.ok(Metrics.some(({ Name }) => Name === "PartialUploads"));
    assert.match(FunctionName, /^canal-ftp-dev-uploads-/);
    assert.ok(!fs.existsSync(path.join(twin.process.ready.files, "users/camera01/cut.jpg")));
  });

  it("whose event is repeated has one row and one count, and no message remains", async () => {
    await twin.store("twice.jpg", bytes);
    const { row } = await twin.rowOf("twice.jpg");
    const event = twin.events().find((text) => text.includes("/twice.jpg"))!;
    // EventBridge repeats an event with another id.
    const again = event.replace(/"id":"[^"]*"/, '"id":"another"');
    for (const text of [event, again]) twin.queue.add(text, Date.now());
    await twin.isIdle();
    assert.deepEqual((await twin.rowOf("twice.jpg")).row, row, "it is not written again");
    assert.equal(twin.rows().filter(({ key }) => String(key).endsWith("/twice.jpg")).length, 1);
    const lines = await until("the function has logged all three", () => {
      const counted = twin.printed().filter(({ key }) => key === "users/camera01/twice.jpg");
      return counted.length === 3 && counted;
    });
    assert.deepEqual(
      lines.map(({ kind, Uploads }) => [kind, Uploads]),
      [
        ["logged", 1],
        ["repeated", undefined],
        ["repeated", undefined],
      ],
    );
    assert.deepEqual(twin.deadLetters.names(), []);
  });

  it("of the same name again has another row", async () => {
    await twin.store("again.jpg", bytes);
    await twin.rowOf("again.jpg");
    await twin.store("again.jpg", Buffer.from("longer than before"));
    const sizes = () =>
      twin
        .rows()
        .filter(({ key }) => String(key).endsWith("/again.jpg"))
        .map((row) => row.bytes);
    await twin.isIdle();
    assert.deepEqual(sizes().sort(), [18, 9]);
  });

  it("of a name with special characters of URLs and XML has its row", async () => {
    const name = "a b+c&d%41 <é>'\".jpg";
    await twin.store(name, bytes);
    const { row } = await twin.rowOf(name);
    assert.deepEqual([row.key, row.problem, row.verified], [`users/camera01/${name}`, null, true]);
  });

  it("that is renamed has one row, under its final name", async () => {
    const names = ["photo1", "photo2", "photo3"];
    await twin.session(async (client) => {
      for (const name of names) {
        await client.uploadFrom(Readable.from([bytes]), `${name}.tmp`);
        await client.rename(`${name}.tmp`, `${name}.jpg`);
      }
    });
    for (const name of names) await twin.rowOf(`${name}.jpg`);
    await twin.isIdle();
    const rows = twin.rows().filter(({ key }) => /photo\d/.test(String(key)));
    assert.deepEqual(
      rows
        .map(({ key, renamed_from, problem, bytes: size }) => [key, renamed_from, problem, size])
        .sort(),
      names.map((name) => {
        const key = `users/camera01/${name}`;
        return [`${key}.jpg`, `${key}.tmp`, null, 9];
      }),
    );
  });

  it("five times under a temporary name, delete, rename: five rows and no problem", async () => {
    await twin.session(async (client) => {
      for (let round = 1; round <= 5; round++) {
        await client.uploadFrom(Readable.from([`photo ${round}`]), "camera_tmp.jpg");
        if (round > 1) await client.remove("camera.jpg");
        await client.rename("camera_tmp.jpg", "camera.jpg");
      }
    });
    const rows = () => twin.rows().filter(({ key }) => /camera(_tmp)?\.jpg$/.test(String(key)));
    await until("there are five rows", () => rows().length >= 5, {
      why: () => twin.process.stderr(),
    });
    await twin.isIdle();
    assert.deepEqual(
      rows().map(({ key, outcome, problem }) => [key, outcome, problem]),
      Array.from({ length: 5 }, () => ["users/camera01/camera.jpg", "completed", null]),
    );
    assert.equal(new Set(rows().map(({ version }) => version)).size, 5);
    assert.deepEqual(twin.deadLetters.names(), []);
  });

  it("operations other than uploads and renames create no message and no row", async () => {
    await twin.store("gone.jpg", bytes);
    await twin.rowOf("gone.jpg");
    const before = twin.rows().length;
    await twin.session(async (client) => {
      await client.remove("gone.jpg");
      await client.send("MKD folder");
    });
    await twin.isIdle();
    assert.equal(twin.rows().length, before);
  });

  it("a message that is not an upload event moves to the dead-letter queue and stops no other", async () => {
    twin.queue.add('{"source":"other"}', Date.now());
    await twin.store("behind.jpg", bytes);
    await twin.rowOf("behind.jpg");
    await twin.waitForDeadLetters(1);
    twin.deadLetters.names().forEach((name) => twin.deadLetters.remove(name));
  });
});

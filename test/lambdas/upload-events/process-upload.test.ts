import assert from "node:assert/strict";

import { Batch, processBatch } from "../../../lambdas/upload-events/batch";
import { S3 } from "../../../lambdas/upload-events/s3";
import {
  NotDecidedYet,
  processUpload,
  ProcessingDependencies,
} from "../../../lambdas/upload-events/process-upload";
import type { Observation } from "../../../lambdas/upload-events/telemetry";
import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import type { UploadedFile } from "../../../lambdas/upload-events/uploaded-file";
import { rowColumns } from "../../../lambdas/upload-events/upload-row";
import { nineBytes, renameEvent, uploadEvent } from "./support/events";
import { S3Server } from "./support/s3-server";

const file = "files/users/camera01/a b.jpg";
const checked = { "x-amz-checksum-crc64nvme": nineBytes.crc64nvme };

describe("upload-events: taking an upload", () => {
  let server: S3Server;
  let tools: ProcessingDependencies;
  let files: UploadedFile[];
  let onUpload: (file: UploadedFile) => Promise<void>;
  beforeEach(async () => {
    server = await new S3Server().open();
    files = [];
    reported = [];
    onUpload = async () => undefined;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-real-key" };
    const region = "ap-northeast-1";
    tools = {
      s3: new S3({ region, credentials, endpoint: server.endpoint, timeoutMs: 2000, attempts: 1 }),
      bucket: "files",
      logBucket: "log",
      checksumBytes: 100,
      onUpload(given) {
        files.push(given);
        return onUpload(given);
      },
      now: () => new Date("2026-11-25T08:00:00Z"),
    };
  });
  afterEach(() => server.close());

  let reported: Observation[];
  const report = (observation: Observation) => void reported.push(observation);
  /** Takes the upload, and returns what was reported of it. */
  const take = (detail: Record<string, unknown> = {}, delivery = 1) =>
    takeText(uploadEvent(detail), delivery);
  const takeText = async (text: string, delivery = 1): Promise<Observation> => {
    const before = reported.length;
    await processUpload(readUpload(text), tools, report, delivery);
    assert.equal(reported.length, before + 1);
    return reported[before];
  };

  const rows = () =>
    [...server.versions]
      .filter(([name]) => name.startsWith("log/uploads/"))
      .map(([name, [{ body }]]) => ({
        name,
        row: JSON.parse(body.toString()) as Record<string, unknown>,
      }));

  it("verifies, writes a row into the day of arrival, and calls your function", async () => {
    const etag = server.put(file, nineBytes.text, checked);
    const observation = await take({ etag });
    assert.ok(observation.kind === "logged" && observation.file.verified);

    const [{ name, row }, ...more] = rows();
    assert.deepEqual(more, []);
    // The event is handled a day late; its row is in the day the file arrived.
    assert.match(name, /^log\/uploads\/dt=2026-11-24\/[0-9a-f]{32}\.json$/);
    assert.deepEqual(row, {
      id: name.slice(-37, -5),
      device: "camera01",
      bucket: "files",
      key: "users/camera01/a b.jpg",
      renamed_from: null,
      outcome: "completed",
      failure: null,
      problem: null,
      verified: true,
      bytes: 9,
      etag,
      version: "v1",
      checksum: `crc64nvme:${nineBytes.crc64nvme}`,
      address: "100.64.0.10",
      session: "0123456789abcdef",
      server: "s-0123456789abcdef0",
      started: "2026-11-24T02:59:59.000Z",
      ended: "2026-11-24T03:00:01.500Z",
      logged: "2026-11-25T08:00:00.000Z",
    });
    assert.deepEqual(Object.keys(row), Object.keys(rowColumns));
    // A tag would make the device's rename need two more permissions.
    assert.deepEqual(server.asked("PUT /files/"), []);
    assert.equal(server.seen.length, 7);

    assert.equal(files.length, 1);
    assert.deepEqual([files[0].id, files[0].key], [row.id, row.key]);
    assert.equal((await files[0].read()).toString(), nineBytes.text);
    // Loggers request the size of their file after STOR: it has to be where they put it.
    assert.ok(server.object(file));
  });

  it("processes an event once, for any number of deliveries", async () => {
    server.put(file, nineBytes.text, checked);
    await take();
    server.remove(file);
    const again = await take();
    assert.deepEqual([again.kind, rows().length, files.length], ["repeated", 1, 1]);
    assert.equal(rows()[0].row.problem, null);
  });

  const problems: [string, () => Record<string, unknown>, string][] = [
    ["an empty file", () => ({ bytes: 0, etag: server.put(file, "") }), "empty"],
    ["another size", () => ({ bytes: 10, etag: server.put(file, nineBytes.text) }), "size"],
    [
      "other contents than S3 took in",
      () => ({ etag: server.put(file, "123456780", checked) }),
      "checksum",
    ],
    ["a file of which S3 has no version", () => ({}), "gone"],
  ];
  for (const [what, detail, problem] of problems) {
    it(`reports ${what} in its row, and does not call your function`, async () => {
      const observation = await take(detail(), 3);
      assert.equal(observation.kind === "logged" && observation.file.problem, problem);
      assert.deepEqual([rows()[0].row.problem, rows()[0].row.verified], [problem, false]);
      assert.deepEqual(files, []);
    });
  }

  it("logs a file without a checksum, or above the size limit, as not verified", async () => {
    server.put(file, nineBytes.text);
    await take();
    server.put(file, "x".repeat(101), { "x-amz-checksum-crc64nvme": "wrong" });
    await take({ "session-id": "next", bytes: 101 });
    assert.deepEqual(
      rows().map(({ row }) => [row.problem, row.verified]),
      [
        [null, false],
        [null, false],
      ],
    );
    assert.equal(files.length, 2);
    assert.deepEqual(server.asked("GET /files/users"), []);
  });

  it("reads the version that was uploaded, when a later upload has its name", async () => {
    const etag = server.put(file, nineBytes.text, checked);
    server.put(file, "later");
    await take({ etag });
    const [{ row }] = rows();
    assert.deepEqual([row.version, row.problem, row.verified], ["v1", null, true]);
    assert.equal((await files[0].read()).toString(), nineBytes.text);
  });

  it("gives two uploads of the same contents in one second a version each", async () => {
    const etag = server.put(file, nineBytes.text);
    server.put(file, nineBytes.text);
    await take({ etag });
    await take({ etag, "session-id": "next" });
    assert.deepEqual(
      rows()
        .map(({ row }) => row.version)
        .sort(),
      ["v1", "v2"],
    );
    const third = await take({ etag, "session-id": "another" });
    assert.deepEqual([third.kind, rows().length], ["repeated", 2]);
  });

  const temporary = "files/users/camera01/a.tmp";
  const renameFile = () => {
    server.put(temporary, nineBytes.text);
    server.put(file, nineBytes.text, checked);
    server.remove(temporary);
  };
  const underTemporaryName = { "file-path": "/files/users/camera01/a.tmp" };

  it("logs a renamed file once, under its final name", async () => {
    renameFile();
    await takeText(renameEvent());
    const [{ row }] = rows();
    assert.deepEqual(
      [row.key, row.renamed_from, row.version, row.bytes, row.verified, row.problem],
      ["users/camera01/a b.jpg", "users/camera01/a.tmp", "v1", 9, true, null],
    );
    assert.equal(files[0].renamedFrom, "users/camera01/a.tmp");
    const upload = await take(underTemporaryName);
    assert.deepEqual([upload.kind, rows().length, files.length], ["renamed", 1, 1]);
  });

  it("waits a limited time for the event of a rename when a file is removed", async () => {
    renameFile();
    for (const delivery of [1, 2]) {
      await assert.rejects(take(underTemporaryName, delivery), NotDecidedYet);
    }
    await takeText(renameEvent());
    assert.equal((await take(underTemporaryName, 3)).kind, "renamed");
    assert.equal(rows().length, 1);
  });

  it("logs a file that the device has deleted, with the version that it was", async () => {
    server.put(file, nineBytes.text, checked);
    server.remove(file);
    await assert.rejects(take({}, 2), NotDecidedYet);
    assert.equal((await take({}, 3)).kind, "logged");
    assert.deepEqual([rows()[0].row.problem, files.length], [null, 1]);
  });

  it("calls your function again for a file that was renamed after its row was written", async () => {
    server.put(temporary, nineBytes.text);
    onUpload = () => Promise.reject(new Error("no database"));
    await assert.rejects(take(underTemporaryName), /no database/);
    server.put(file, nineBytes.text);
    server.remove(temporary);
    onUpload = async () => undefined;
    await takeText(renameEvent());
    await take(underTemporaryName, 2);
    assert.deepEqual(
      files.map(({ key }) => key),
      ["users/camera01/a.tmp", "users/camera01/a b.jpg", "users/camera01/a.tmp"],
    );
  });

  it("logs a cut upload as such, and reads no object", async () => {
    const observation = await take({ "status-code": "FAILED", "failure-code": "PARTIAL_UPLOAD" });
    assert.equal(observation.kind, "logged");
    const { outcome, failure, problem } = rows()[0].row;
    assert.deepEqual([outcome, failure, problem], ["partial", "PARTIAL_UPLOAD", null]);
    assert.deepEqual([files, server.asked("HEAD /files/")], [[], []]);
  });

  it("has the row before your function fails, and calls it again until it does not", async () => {
    server.put(file, nineBytes.text);
    onUpload = async () => {
      throw new Error("no database");
    };
    await assert.rejects(take(), /no database/);
    assert.equal(rows().length, 1);
    await assert.rejects(take(), /no database/);
    onUpload = async () => undefined;
    const last = await take();
    assert.deepEqual([last.kind, rows().length, files.length], ["repeated", 1, 3]);
    await take();
    assert.equal(files.length, 3);
    // Its metrics are counted when the row is written, whatever becomes of your function then.
    assert.deepEqual(
      reported.map(({ kind }) => kind),
      ["logged", "repeated", "repeated", "repeated"],
    );
  });

  it("refuses a file of another bucket", async () => {
    await assert.rejects(take({ "file-path": "/other/a" }), /is in other, and .* serves files/);
    assert.deepEqual(server.seen, []);
  });

  it("of a batch reports those that failed, and takes a repeated event after the first", async () => {
    server.put(file, nineBytes.text);
    const record = (messageId: string, body: string) => ({ messageId, body });
    const batch: Batch = {
      Records: [
        record("good", uploadEvent()),
        record("poison", "{}"),
        record("elsewhere", uploadEvent({ "file-path": "/other/a" })),
        record("good again", uploadEvent({}, { id: "other" })),
      ],
    };
    const { batchItemFailures } = await processBatch(
      batch,
      (upload, delivery) => processUpload(upload, tools, report, delivery),
      report,
    );
    assert.deepEqual(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort(), [
      "elsewhere",
      "poison",
    ]);
    assert.deepEqual(reported.map(({ kind }) => kind).sort(), [
      "error",
      "error",
      "logged",
      "repeated",
    ]);
    assert.deepEqual([rows().length, files.length], [1, 1]);
  });
});

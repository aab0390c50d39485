import assert from "node:assert/strict";

import { Batch, takeBatch } from "../../../lambdas/upload-events/batch";
import { S3 } from "../../../lambdas/upload-events/s3";
import { takeUpload, Tools } from "../../../lambdas/upload-events/take-upload";
import type { Observation } from "../../../lambdas/upload-events/telemetry";
import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import type { UploadedFile } from "../../../lambdas/upload-events/uploaded-file";
import { rowColumns } from "../../../lambdas/upload-events/upload-row";
import { nineBytes, uploadEvent } from "./support/events";
import { S3Server } from "./support/s3-server";

const file = "files/users/camera01/a b.jpg";
const checked = { "x-amz-checksum-crc64nvme": nineBytes.crc64nvme, "x-amz-version-id": "v1" };

describe("upload-events: taking an upload", () => {
  let server: S3Server;
  let tools: Tools;
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
  const take = async (detail: Record<string, unknown> = {}): Promise<Observation> => {
    const before = reported.length;
    await takeUpload(readUpload(uploadEvent(detail)), tools, report);
    assert.equal(reported.length, before + 1);
    return reported[before];
  };

  const rows = () =>
    [...server.objects]
      .filter(([name]) => name.startsWith("log/uploads/"))
      .map(([name, { body }]) => ({
        name,
        row: JSON.parse(body.toString()) as Record<string, unknown>,
      }));

  it("verifies, tags, writes a row into the day of arrival, and calls your function", async () => {
    const etag = server.put(file, nineBytes.text, checked);
    const observation = await take({ etag });
    assert.deepEqual(
      [observation.kind, "verified" in observation && observation.verified],
      ["logged", true],
    );

    const [{ name, row }, ...more] = rows();
    assert.deepEqual(more, []);
    // The event is handled a day late; its row is in the day the file arrived.
    assert.match(name, /^log\/uploads\/dt=2026-11-24\/[0-9a-f]{32}\.json$/);
    assert.deepEqual(row, {
      id: name.slice(-37, -5),
      device: "camera01",
      bucket: "files",
      key: "users/camera01/a b.jpg",
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
    assert.match(server.tags.get(file) ?? "", /<Key>upload-check<\/Key><Value>verified</);
    assert.match(server.tags.get(file) ?? "", /<Key>device<\/Key><Value>camera01</);
    assert.match(server.asked("PUT /files/")[0].url, /tagging=&versionId=v1$/);

    assert.equal(files.length, 1);
    assert.deepEqual([files[0].id, files[0].key], [row.id, row.key]);
    assert.equal((await files[0].read()).toString(), nineBytes.text);
    // Loggers ask for the size of their file after STOR: it has to be where they put it.
    assert.ok(server.objects.has(file));
  });

  it("does all of it once, however often the event comes", async () => {
    server.put(file, nineBytes.text, checked);
    await take();
    server.objects.delete(file);
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
    [
      "a file that was replaced",
      () => ({ etag: "old", x: server.put(file, "later!!!!") }),
      "replaced",
    ],
    ["a file that is gone", () => ({}), "gone"],
  ];
  for (const [what, detail, problem] of problems) {
    it(`reports ${what} in row and tag, and does not call your function`, async () => {
      const observation = await take(detail());
      assert.equal("problem" in observation && observation.problem, problem);
      assert.deepEqual([rows()[0].row.problem, rows()[0].row.verified], [problem, false]);
      assert.deepEqual(files, []);
      const hasObject = problem !== "gone" && problem !== "replaced";
      assert.equal((server.tags.get(file) ?? "").includes(`<Value>${problem}<`), hasObject);
    });
  }

  it("takes a file without a checksum, or larger than is read, as it is: not verified", async () => {
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
    assert.match(server.tags.get(file) ?? "", /<Value>stored</);
    assert.equal(files.length, 2);
    assert.equal(
      server.asked("GET /files/").filter(({ url }) => !url.includes("tagging")).length,
      0,
    );
  });

  it("keeps tags that are there, and leaves an object alone that has all it may have", async () => {
    server.put(file, nineBytes.text);
    const tag = (name: string) => `<Tag><Key>${name}</Key><Value>1</Value></Tag>`;
    server.tags.set(file, tag("mine"));
    await take();
    assert.match(server.tags.get(file) ?? "", /<Key>mine<\/Key><Value>1<\/Value>.*upload-check/);
    const ten = Array.from({ length: 10 }, (_, index) => tag(`t${index}`)).join("");
    server.tags.set(file, ten);
    await take({ "session-id": "next" });
    assert.equal(server.tags.get(file), ten);
    assert.equal(rows().length, 2);
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
    const { batchItemFailures } = await takeBatch(
      batch,
      (upload) => takeUpload(upload, tools, report),
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

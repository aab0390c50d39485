import assert from "node:assert/strict";

import { BadEvent, readUpload } from "../../../lambdas/upload-events/transfer-event";
import { renameEvent, uploadEvent } from "./support/events";

describe("upload-events: Transfer's event", () => {
  it("is read with all that is known of the upload", () => {
    const { id, ...upload } = readUpload(uploadEvent({ etag: '"abc"' }));
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.deepEqual(upload, {
      device: "camera01",
      bucket: "files",
      key: "users/camera01/a b.jpg",
      renamedFrom: undefined,
      outcome: "completed",
      failure: undefined,
      bytes: 9,
      etag: "abc",
      address: "100.64.0.10",
      session: "0123456789abcdef",
      server: "s-0123456789abcdef0",
      started: new Date("2026-11-24T02:59:59Z"),
      ended: new Date("2026-11-24T03:00:01.500Z"),
    });
  });

  it("has the same id for every delivery and EventBridge id, and another for the next upload", () => {
    const once = readUpload(uploadEvent()).id;
    assert.equal(
      readUpload(uploadEvent({}, { id: "other", time: "2026-11-25T00:00:00Z" })).id,
      once,
    );
    for (const other of [
      { "start-timestamp": "2026-11-24T02:59:59.001Z" },
      { "file-path": "/files/users/camera01/b.jpg" },
      { "session-id": "f" },
      { username: "camera02" },
      { "status-code": "FAILED" },
    ]) {
      assert.notEqual(readUpload(uploadEvent(other)).id, once, JSON.stringify(other));
    }
  });

  it("uses its status-code, under the older name of the event as well", () => {
    const older = { "detail-type": "FTP File Server Upload Failed" };
    const cut = {
      "status-code": "FAILED",
      "failure-code": "PARTIAL_UPLOAD",
      "failure-message": "x",
    };
    const { outcome, failure } = readUpload(uploadEvent(cut, older));
    assert.deepEqual([outcome, failure], ["partial", "PARTIAL_UPLOAD: x"]);
    const other = { "status-code": "FAILED", "failure-code": "UNKNOWN_ERROR" };
    assert.equal(readUpload(uploadEvent(other, older)).outcome, "failed");
  });

  it("takes bytes as a text, and the event's own time where the detail has none", () => {
    const none = { "start-timestamp": undefined, "end-timestamp": "" };
    const { bytes, started, ended } = readUpload(uploadEvent({ bytes: "9", ...none }));
    const time = new Date("2026-11-24T03:00:02Z");
    assert.deepEqual([bytes, started, ended], [9, time, time]);
  });

  it("of a rename has the new name, the former one, and neither size nor ETag", () => {
    const { key, renamedFrom, bytes, etag, outcome } = readUpload(renameEvent());
    assert.deepEqual(
      [key, renamedFrom, bytes, etag, outcome],
      ["users/camera01/a b.jpg", "users/camera01/a.tmp", undefined, undefined, "completed"],
    );
  });

  it("of the next rename of the same names has another id, also a nanosecond later", () => {
    const start = (text: string) => readUpload(renameEvent({ "start-timestamp": text })).id;
    assert.notEqual(
      start("2026-11-24T02:59:59.311866408Z"),
      start("2026-11-24T02:59:59.311866409Z"),
    );
  });

  const bad: [string, string][] = [
    ["a rename that failed", renameEvent({ "status-code": "FAILED" })],
    ["a rename from another bucket", renameEvent({ "original-file-path": "/other/a" })],
    ["a rename without its former name", renameEvent({ "original-file-path": undefined })],
    ["what is no JSON", "{"],
    ["a list", "[]"],
    ["another service's event", uploadEvent({}, { source: "aws.s3" })],
    ["a download", uploadEvent({}, { "detail-type": "FTP Server File Download Completed" })],
    ["no user", uploadEvent({ username: undefined })],
    ["a path without a key", uploadEvent({ "file-path": "/files" })],
    ["an unknown status", uploadEvent({ "status-code": "STARTED" })],
    ["no time at all", uploadEvent({ "end-timestamp": "yesterday" }, { time: undefined })],
  ];
  for (const [what, text] of bad) {
    it(`refuses ${what}`, () => assert.throws(() => readUpload(text), BadEvent));
  }
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Journal } from "../../../cli/restore/journal";

describe("Journal", () => {
  const subject = ["bucket", "users/a/", "2026-11-26T12:00:00Z"];
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "journal-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const open = (given: readonly string[] = subject) => Journal.open(given, folder);

  it("reads in the next run what the last one did, also for keys with a line break", () => {
    open().add("v1", "a\nb");
    open().add("v2", '"quoted" 回線');
    const next = open();
    assert.deepEqual([next.has("v1", "a\nb"), next.has("v2", '"quoted" 回線')], [true, true]);
    assert.deepEqual([next.has("v2", "a\nb"), next.has("v1", "a")], [false, false]);
  });

  it("takes another bucket, prefix or time for another restore", () => {
    open().add("v1", "k");
    for (const index of subject.keys()) {
      assert.equal(open(subject.with(index, "other")).has("v1", "k"), false);
    }
    // Nothing is read across the borders of the parts.
    assert.equal(open(["bucketusers/a/", "", subject[2]]).has("v1", "k"), false);
  });

  it("is only readable by its owner", () => {
    open().add("v1", "k");
    const [name] = fs.readdirSync(folder);
    assert.equal(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600);
  });

  it("leaves nothing behind when it is removed, with or without entries", () => {
    open().remove();
    const journal = open();
    journal.add("v1", "k");
    journal.remove();
    assert.deepEqual(fs.readdirSync(folder), []);
    assert.equal(open().has("v1", "k"), false);
  });
});

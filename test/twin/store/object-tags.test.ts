import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ObjectTags } from "../../../twin/store/object-tags";

describe("ObjectTags", () => {
  let folder: string;
  let tags: ObjectTags;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "canal-ftp-tags-"));
    tags = new ObjectTags(join(folder, "tags"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are those of one version of an object, and replaced as a whole", async () => {
    assert.deepEqual(await tags.get("a", "v1"), {});
    await tags.put("a", "v1", { one: "1", two: "2" });
    await tags.put("a", "v1", { two: "3" });
    assert.deepEqual(await tags.get("a", "v1"), { two: "3" });
    assert.deepEqual(await tags.get("a", "v2"), {});
  });

  it("keep keys apart that a file system would not, of any length", async () => {
    const keys = ["a", "A", "a/b", "a/", `${"x".repeat(1000)}1`, `${"x".repeat(1000)}2`];
    for (const key of keys) await tags.put(key, "v", { key: key.slice(-1) });
    for (const key of keys) assert.deepEqual(await tags.get(key, "v"), { key: key.slice(-1) });
  });
});

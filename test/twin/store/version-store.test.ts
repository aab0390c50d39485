import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderStore } from "../../../twin/store/folder-store";

describe("versions of files", () => {
  let folder: string;
  let store: FolderStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "versions-"));
    store = await FolderStore.open({
      root: join(folder, "root"),
      staging: join(folder, "staging"),
      partial: join(folder, "partial"),
      versions: join(folder, "versions"),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function put(key: string, text: string) {
    const upload = await store.write(key, { "user-agent": "AWSTransfer" });
    await upload.write(Buffer.from(text));
    return upload.commit();
  }
  const kept = (under = ""): string[] =>
    readdirSync(join(folder, "versions", under))
      .sort()
      .map((name) => readFileSync(join(folder, "versions", under, name), "utf8"));
  const log = (): Record<string, unknown>[] =>
    readFileSync(join(folder, "versions.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("an overwrite keeps what it replaces, and reports it", async () => {
    const first = await put("d/a.txt", "one");
    assert.deepEqual([first.replaced, first.madeFolder], [false, true]);
    const second = await put("d/a.txt", "two");
    assert.deepEqual([second.replaced, second.madeFolder], [true, false]);
    await put("d/a.txt", "three");
    assert.deepEqual(kept("d"), ["one", "two"]);
    assert.equal(readFileSync(join(folder, "root/d/a.txt"), "utf8"), "three");
    assert.notEqual(first.etag, second.etag);
    const [put1, put2] = log();
    assert.deepEqual(
      { ...put1, time: "" },
      {
        time: "",
        action: "put",
        key: "d/a.txt",
        bytes: 3,
        etag: first.etag,
        metadata: { "user-agent": "AWSTransfer" },
      },
    );
    assert.match(String(put2.previous), /^d\/a\.txt\.\d{8}T\d{6}\.\d{3}Z$/);
  });

  it("a delete and a rename leave the version", async () => {
    await put("a", "one");
    await store.delete("a");
    assert.equal(await store.head("a"), undefined);
    await put("b", "two");
    await store.rename("b", "c");
    assert.deepEqual(kept(), ["one", "two"]);
    assert.deepEqual(
      log().map(({ action, key, newKey }) => [action, key, newKey]),
      [
        ["put", "a", undefined],
        ["delete", "a", undefined],
        ["put", "b", undefined],
        ["rename", "b", "c"],
      ],
    );
  });

  it("a hundred overwrites within a moment keep a hundred versions", async () => {
    for (let count = 0; count <= 100; count++) await put("same", String(count));
    assert.equal(kept().length, 100);
  });

  it("without versioning what is replaced is gone", async () => {
    store = await FolderStore.open({
      root: join(folder, "root"),
      staging: join(folder, "staging"),
      partial: join(folder, "partial"),
    });
    await put("a", "one");
    await put("a", "two");
    await store.delete("a");
    assert.deepEqual(kept(), []);
  });
});

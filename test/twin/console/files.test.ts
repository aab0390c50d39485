/** Files and their older versions on disk. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { listFiles } from "../../../twin/console/files";
import { VersionStore } from "../../../twin/store/version-store";

describe("twin/console/files", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "canal-ftp-files-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, content: string): string => {
    const file = path.join(folder, "bucket", name);
    mkdirSync(path.dirname(file), { recursive: true });
    // A rename replaces the file: the version folder may contain the old one as a link.
    rmSync(file, { force: true });
    writeFileSync(file, content);
    return file;
  };
  const list = () => listFiles(path.join(folder, "bucket"), path.join(folder, "versionFolder"));

  it("lists a file with its older versions, and a deleted one", async () => {
    const versions = new VersionStore(path.join(folder, "versionFolder"), () => undefined);
    const key = "users/camera01/a.txt";
    for (const content of ["1", "22", "333"]) await versions.keep(put(key, content), key);
    put(key, "4444");
    const gone = put("users/camera01/gone.2026.txt", "x");
    await versions.keep(gone, "users/camera01/gone.2026.txt");
    rmSync(gone);

    const { files, more } = await list();
    const shown = (name: string) => files.find((file) => file.key === name);
    assert.equal(more, false);
    assert.deepEqual(files.map((file) => file.key).sort(), [key, "users/camera01/gone.2026.txt"]);
    assert.equal(shown(key)?.bytes, 4);
    assert.equal(shown(key)?.versionCount, 3);
    assert.deepEqual(
      shown(key)
        ?.versions.map(({ bytes }) => bytes)
        .sort(),
      [1, 2, 3],
    );
    assert.ok(Math.abs(shown(key)!.versions[0].replaced - Date.now()) < 60_000);
    assert.equal(shown("users/camera01/gone.2026.txt")?.bytes, undefined);
  });

  it("lists no files without a folder, and only the newest of thousands", async () => {
    assert.deepEqual(await list(), { files: [], more: false });
    for (let count = 0; count < 300; count++) put(`many/${count}`, "");
    const { files, more } = await list();
    assert.deepEqual([files.length, more], [200, true]);
  });

  it("follows no links out of the folder", async () => {
    put("a", "");
    symlinkSync("/etc", path.join(folder, "bucket", "etc"));
    assert.deepEqual(
      (await list()).files.map((file) => file.key),
      ["a"],
    );
  });
});

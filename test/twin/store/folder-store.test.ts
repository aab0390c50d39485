import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileRefusal, type Download, type RefusalCode } from "../../../twin/ftp/service";
import { FolderStore } from "../../../twin/store/folder-store";

describe("FolderStore", () => {
  let folder: string;
  let store: FolderStore;

  function open(): Promise<FolderStore> {
    return FolderStore.open({
      root: join(folder, "root"),
      staging: join(folder, "staging"),
      partial: join(folder, "partial"),
    });
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "folder-store-"));
    store = await open();
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function put(key: string, ...parts: string[]): Promise<void> {
    const upload = await store.write(key);
    for (const part of parts) await upload.write(Buffer.from(part));
    await upload.commit();
  }

  async function get(key: string): Promise<string> {
    const download = await store.read(key);
    const text = await textOf(download);
    assert.equal(download.size, Buffer.byteLength(text));
    return text;
  }

  async function textOf({ blocks, close }: Download): Promise<string> {
    const copies: Buffer[] = [];
    for await (const block of blocks) copies.push(Buffer.from(block));
    await close();
    return Buffer.concat(copies).toString();
  }

  async function keys(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of store.list(prefix)) {
      found.push(key);
    }
    return found;
  }

  async function refusedAs(code: RefusalCode, operation: Promise<unknown>): Promise<void> {
    await assert.rejects(operation, (error) => {
      assert.ok(error instanceof FileRefusal, String(error));
      assert.equal(error.code, code);
      return true;
    });
  }

  function filesIn(name: string): string[] {
    return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, name).length + 1));
  }

  describe("objects", () => {
    it("are written, read and looked up", async () => {
      await put("users/camera01/a.jpg", "abc", "", "de");
      assert.equal(await get("users/camera01/a.jpg"), "abcde");
      const info = await store.head("users/camera01/a.jpg");
      assert.equal(info?.key, "users/camera01/a.jpg");
      assert.equal(info?.size, 5);
      assert.ok(Math.abs(Date.now() - (info?.modified.getTime() ?? 0)) < 10_000);
    });

    it("of many small writes and of none", async () => {
      await put("many", ...Array.from({ length: 5000 }, (_, index) => `${index},`));
      assert.equal((await get("many")).split(",").length, 5001);
      await put("none");
      assert.equal(await get("none"), "");
    });

    it("appear complete with the commit, while readers keep the older one", async () => {
      await put("a", "old");
      const old = await store.read("a");
      const upload = await store.write("a");
      await upload.write(Buffer.from("new content"));
      assert.equal(await get("a"), "old");
      await upload.commit();
      assert.equal(await get("a"), "new content");
      assert.equal(await textOf(old), "old");
      assert.deepEqual(readdirSync(join(folder, "staging")), []);
    });

    it("of the same key at the same time do not mix; the last commit counts", async () => {
      const [one, two] = [await store.write("a"), await store.write("a")];
      await one.write(Buffer.from("one"));
      await two.write(Buffer.from("two"));
      await two.commit();
      await one.commit();
      assert.equal(await get("a"), "one");
    });

    it("that are missing, or folders, are refused", async () => {
      await store.makeFolder("d/");
      assert.equal(await store.head("missing"), undefined);
      assert.equal(await store.head("d"), undefined);
      await refusedAs("not-found", store.read("missing"));
      await refusedAs("not-found", store.read("missing/below"));
      await refusedAs("not-a-file", store.read("d"));
      await refusedAs("not-found", store.delete("missing"));
      await refusedAs("not-a-file", store.delete("d"));
      await refusedAs("not-a-file", store.write("d"));
      await refusedAs("not-a-file", store.write("d/"));
    });

    it("cannot be below an object, as the disk has it", async () => {
      await put("a", "x");
      await refusedAs("parent-missing", store.write("a/b"));
      await refusedAs("parent-missing", store.makeFolder("a/b/"));
    });

    it("with a name too long for the disk are refused, and leave nothing behind", async () => {
      await refusedAs("invalid-name", store.write("x".repeat(256)));
      await refusedAs("invalid-name", store.head("x".repeat(256)));
      assert.deepEqual(readdirSync(join(folder, "staging")), []);
      await put("x".repeat(255), "fits");
      assert.equal(await get("x".repeat(255)), "fits");
    });

    it("are deleted", async () => {
      await put("a", "x");
      await store.delete("a");
      assert.equal(await store.head("a"), undefined);
    });
  });

  describe("rename", () => {
    it("moves an object, also to a folder that is not there yet", async () => {
      await put("a", "x");
      await store.rename("a", "new/b");
      assert.equal(await get("new/b"), "x");
      assert.equal(await store.head("a"), undefined);
    });

    it("never replaces, also of many at the same moment: one gets the name, the others stay", async () => {
      const names = Array.from({ length: 20 }, (_, index) => `from-${index}`);
      for (const name of names) await put(name, name);
      const done = await Promise.allSettled(names.map((name) => store.rename(name, "new/to")));
      const moved = names.filter((_, index) => done[index].status === "fulfilled");
      assert.equal(moved.length, 1);
      assert.equal(await get("new/to"), moved[0]);
      for (const name of names) {
        if (name !== moved[0]) assert.equal(await get(name), name);
      }
    });

    it("never replaces, and moves no folder", async () => {
      await put("a", "a");
      await put("b", "b");
      await store.makeFolder("d/");
      await refusedAs("exists", store.rename("a", "b"));
      await refusedAs("exists", store.rename("a", "a"));
      await refusedAs("exists", store.rename("a", "d"));
      await refusedAs("unsupported", store.rename("d", "e"));
      await refusedAs("unsupported", store.rename("d/", "e/"));
      await refusedAs("not-found", store.rename("missing", "e"));
      assert.equal(await get("b"), "b");
    });
  });

  describe("folders", () => {
    it("are made, seen and removed", async () => {
      await store.makeFolder("a/b/");
      assert.equal((await store.head("a/"))?.size, 0);
      assert.equal((await store.head("a/b/"))?.key, "a/b/");
      assert.equal((await store.head(""))?.key, "");
      await refusedAs("not-empty", store.removeFolder("a/"));
      await store.removeFolder("a/b/");
      assert.equal(await store.head("a/b/"), undefined);
    });

    it("are refused where there is none, or a file", async () => {
      await put("f", "x");
      await refusedAs("not-found", store.removeFolder("missing/"));
      await refusedAs("not-a-directory", store.removeFolder("f/"));
      await refusedAs("denied", store.removeFolder(""));
      await refusedAs("exists", store.makeFolder("f/"));
    });

    it("are listed before files, each in code-unit order, with what is directly below only", async () => {
      for (const key of ["d/z", "d/A", "d/a", "d/.h", "d/sub/deep", "d/Sub/deep", "other"]) {
        await put(key, "x");
      }
      assert.deepEqual(await keys("d/"), ["d/Sub/", "d/sub/", "d/.h", "d/A", "d/a", "d/z"]);
      assert.deepEqual(await keys(""), ["d/", "other"]);
      assert.deepEqual(await keys("missing/"), []);
      assert.deepEqual(await keys("other/"), []);
    });

    it("of more files than one batch are complete", async () => {
      mkdirSync(join(folder, "root", "many"));
      for (let index = 0; index < 1000; index++) {
        writeFileSync(join(folder, "root", "many", String(index)), "");
      }
      assert.equal((await keys("many/")).length, 1000);
    });
  });

  describe("the root", () => {
    const escaping = ["../outside", "a/../../outside", "/etc/passwd", "a//b", "a\0b", ".."];
    for (const key of escaping) {
      it(`is not left by ${JSON.stringify(key)}`, async () => {
        await refusedAs("invalid-name", store.head(key));
        await refusedAs("invalid-name", store.read(key));
        await refusedAs("invalid-name", store.write(key));
        await refusedAs("invalid-name", store.delete(key));
        await refusedAs("invalid-name", store.makeFolder(`${key}/`));
        await put("a", "x");
        await refusedAs("invalid-name", store.rename("a", key));
      });
    }

    it("is not left by a symbolic link; a link inside it is followed", async () => {
      mkdirSync(join(folder, "outside"));
      writeFileSync(join(folder, "outside", "secret"), "secret");
      await put("inside/file", "fine");
      const root = join(folder, "root");
      symlinkSync(join(folder, "outside"), join(root, "away"));
      symlinkSync(join(folder, "outside", "secret"), join(root, "secret"));
      symlinkSync(join(root, "inside"), join(root, "near"));
      symlinkSync(join(root, "nothing"), join(root, "dangling"));
      assert.deepEqual(await keys(""), ["inside/", "near/"]);
      assert.deepEqual(await keys("away/"), []);
      assert.equal(await store.head("away/secret"), undefined);
      assert.equal(await store.head("secret"), undefined);
      await refusedAs("not-found", store.read("secret"));
      await refusedAs("not-found", store.delete("away/secret"));
      await refusedAs("denied", store.write("away/new"));
      await refusedAs("denied", store.makeFolder("away/new/"));
      await refusedAs("denied", store.rename("inside/file", "away/new"));
      assert.equal(await get("near/file"), "fine");
      await put("secret", "mine now");
      assert.equal(readFileSync(join(folder, "outside", "secret"), "utf8"), "secret");
      assert.deepEqual(readdirSync(join(folder, "outside")), ["secret"]);
    });

    it("is apart from the other two folders", async () => {
      const [root, staging, partial] = ["root", "s", "p"].map((name) => join(folder, name));
      const inside = join(root, "x");
      await assert.rejects(FolderStore.open({ root, staging: inside, partial }), /is inside/);
      await assert.rejects(FolderStore.open({ root, staging, partial: inside }), /is inside/);
      await put("precious/file", "x");
      await assert.rejects(FolderStore.open({ root: inside, staging: root, partial }), /is inside/);
      assert.equal(await get("precious/file"), "x");
    });
  });

  describe("uploads that do not end well", () => {
    it("are kept aside under their key and the time, and the old object stays", async () => {
      await put("d/a.bin", "old");
      for (const part of ["one", "two"]) {
        const upload = await store.write("d/a.bin");
        await upload.write(Buffer.from(part));
        await upload.keepPartial();
      }
      const kept = filesIn("partial");
      assert.equal(kept.length, 2);
      assert.match(kept[0], /^d[/\\]a\.bin\.\d{8}T\d{6}\.\d{3}Z(-\d+)?$/);
      assert.equal(await get("d/a.bin"), "old");
      assert.deepEqual(readdirSync(join(folder, "staging")), []);
    });

    it("are all kept when they are cut in the same moment", async () => {
      const uploads = await Promise.all(Array.from({ length: 30 }, () => store.write("a")));
      await Promise.all(uploads.map((upload) => upload.write(Buffer.from("x"))));
      await Promise.all(uploads.map((upload) => upload.keepPartial()));
      assert.equal(filesIn("partial").length, 30);
    });

    it("leave nothing when no byte was received", async () => {
      await (await store.write("a")).keepPartial();
      assert.deepEqual(filesIn("partial"), []);
      assert.deepEqual(readdirSync(join(folder, "staging")), []);
      assert.equal(await store.head("a"), undefined);
    });

    it("are kept when the commit is refused", async () => {
      const upload = await store.write("a");
      await upload.write(Buffer.from("x"));
      await store.makeFolder("a/");
      await refusedAs("not-a-file", upload.commit());
      assert.equal(filesIn("partial").length, 1);
    });

    it("fit a name of the longest kind with the time", async () => {
      const upload = await store.write("日".repeat(85));
      await upload.write(Buffer.from("x"));
      await upload.keepPartial();
      const [name] = filesIn("partial");
      assert.ok(Buffer.byteLength(name) <= 255);
      assert.match(name, /^日+\.\d{8}T/);
    });

    it("are found after a kill and kept aside at the next start", async () => {
      const upload = await store.write("d/a.bin");
      await upload.write(Buffer.from("half"));
      writeFileSync(join(folder, "staging", "stray"), "");
      store = await open();
      const kept = filesIn("partial");
      assert.equal(kept.length, 1);
      assert.match(kept[0], /^d[/\\]a\.bin\.\d{8}T/);
      assert.equal(readFileSync(join(folder, "partial", kept[0]), "utf8"), "half");
      assert.ok(!existsSync(join(folder, "root", "d")));
      await upload.keepPartial().catch(() => undefined);
    });
  });
});

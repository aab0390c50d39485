import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import type { Mapping } from "../../../lib/home-mappings";
import { FileRefusal } from "../../../twin/ftp/service";
import { FolderStore } from "../../../twin/store/folder-store";
import { ObjectTags } from "../../../twin/store/object-tags";
import type { SessionOperation } from "../../../twin/wiring/session-access";
import { SessionHome } from "../../../twin/wiring/session-home";

describe("twin/wiring/SessionHome", () => {
  let folder: string;
  let store: FolderStore;
  let required: SessionOperation[];
  let denied: string | undefined;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "canal-ftp-home-"));
    store = await FolderStore.open({
      root: path.join(folder, "root"),
      staging: path.join(folder, "staging"),
      partial: path.join(folder, "partial"),
    });
    required = [];
    denied = undefined;
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const alone: Mapping[] = [{ entry: "/", bucket: "files", prefix: "users/cam" }];
  const several: Mapping[] = [
    { entry: "/home", bucket: "files", prefix: "users/cam" },
    { entry: "/config", bucket: "files", prefix: "shared/config" },
  ];

  function home(mappings = alone, tags?: ObjectTags): SessionHome {
    const access = {
      require(operation: SessionOperation) {
        required.push(operation);
        if (operation.operation === denied) throw new FileRefusal("denied", "by the test");
      },
    };
    const bucketNamed = (name: string) => (name === "files" ? store : undefined);
    const tagsNamed = tags && (() => tags);
    return new SessionHome(mappings, access, bucketNamed, true, undefined, tagsNamed);
  }

  async function put(target: SessionHome, name: string, text = "data"): Promise<void> {
    const upload = await target.write(name);
    await upload.write(Buffer.from(text));
    await upload.commit();
  }

  async function names(target: SessionHome, name: string): Promise<string[]> {
    const found: string[] = [];
    for await (const entry of target.list(name)) found.push(`${entry.type[0]} ${entry.name}`);
    return found;
  }

  const refusedWith = (code: string) => (error: unknown) =>
    error instanceof FileRefusal && error.code === code;

  it("stores a user's file under the user's prefix and authorizes that key", async () => {
    await put(home(), "/a.txt");
    assert.equal(await fs.readFile(path.join(folder, "root/users/cam/a.txt"), "utf8"), "data");
    assert.deepEqual(required, [{ operation: "write", bucket: "files", key: "users/cam/a.txt" }]);
  });

  it("has an empty home before the first upload", async () => {
    assert.equal((await home().stat("/"))?.type, "directory");
    assert.deepEqual(await names(home(), "/"), []);
    assert.equal(await home().stat("/a.txt"), undefined);
  });

  it("renames a tagged file with its tags, and authorizes the copy of them", async () => {
    const tags = new ObjectTags(path.join(folder, "tags"));
    const target = home(alone, tags);
    await put(target, "/a.tmp");
    await target.rename("/a.tmp", "/a.jpg");
    const renamed = (key: string, newKey: string) => ({
      ...{ operation: "rename", bucket: "files" },
      ...{ key: `users/cam/${key}`, newKey: `users/cam/${newKey}` },
    });
    assert.deepEqual(required.at(-1), renamed("a.tmp", "a.jpg"));
    const etag = async (key: string) => (await store.head(key))!.etag!;
    await tags.put("users/cam/a.jpg", await etag("users/cam/a.jpg"), { scan: "clean" });
    await target.rename("/a.jpg", "/b.jpg");
    assert.deepEqual(required.at(-1), { ...renamed("a.jpg", "b.jpg"), isTagged: true });
    const copied = await tags.get("users/cam/b.jpg", await etag("users/cam/b.jpg"));
    assert.deepEqual(copied, { scan: "clean" });
  });

  it("lists, reads, renames and removes", async () => {
    const target = home();
    await target.makeDirectory("/sub");
    await put(target, "/a.txt");
    assert.deepEqual(await names(target, "/"), ["d sub", "f a.txt"]);
    const { size, close } = await target.read("/a.txt");
    await close();
    assert.equal(size, 4);
    await target.rename("/a.txt", "/sub/b.txt");
    assert.deepEqual(await names(target, "/sub"), ["f b.txt"]);
    await assert.rejects(target.removeDirectory("/sub"), refusedWith("not-empty"));
    await target.remove("/sub/b.txt");
    await target.removeDirectory("/sub");
    assert.deepEqual(await names(target, "/"), []);
  });

  it("already has its root: MKD / is no matter of permission", async () => {
    await assert.rejects(home().makeDirectory("/"), refusedWith("exists"));
  });

  it("does nothing that is denied", async () => {
    await put(home(), "/a.txt");
    for (const [operation, act] of [
      ["remove", (target: SessionHome) => target.remove("/a.txt")],
      ["rename", (target: SessionHome) => target.rename("/a.txt", "/b.txt")],
      ["read", (target: SessionHome) => target.read("/a.txt")],
      ["write", (target: SessionHome) => target.write("/a.txt")],
      ["makeDirectory", (target: SessionHome) => target.makeDirectory("/d")],
      ["list", (target: SessionHome) => names(target, "/")],
      ["stat", (target: SessionHome) => target.stat("/a.txt")],
    ] as [string, (target: SessionHome) => Promise<unknown>][]) {
      denied = operation;
      await assert.rejects(act(home()), refusedWith("denied"), operation);
    }
    denied = undefined;
    assert.deepEqual(await names(home(), "/"), ["f a.txt"]);
  });

  it("shows several mappings as folders of a read-only root", async () => {
    const target = home(several);
    assert.deepEqual(await names(target, "/"), ["d config", "d home"]);
    await put(target, "/home/a.txt");
    assert.deepEqual(await names(target, "/home"), ["f a.txt"]);
    await assert.rejects(put(target, "/a.txt"), refusedWith("denied"));
    await assert.rejects(target.removeDirectory("/home"), refusedWith("denied"));
    await assert.rejects(target.makeDirectory("/other"), refusedWith("denied"));
  });

  it("denies access to a bucket the stack does not make", async () => {
    const elsewhere = home([{ entry: "/", bucket: "others", prefix: "" }]);
    await assert.rejects(put(elsewhere, "/a.txt"), refusedWith("denied"));
  });
});

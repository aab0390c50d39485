/** Against moto's server, an S3 implementation of its own (`pip install 'moto[s3,server]'`). */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { FileRefusal } from "../../../twin/ftp/service";
import { S3Client } from "../../../twin/store/s3-client";
import { S3Store } from "../../../twin/store/s3-store";
import { freeRange } from "../../support/free-ports";
import { isInstalled } from "../../support/run-client";

const mib = 1024 * 1024;

const motoServer = process.env.MOTO_SERVER ?? "moto_server";

describe("S3Store", () => {
  if (!isInstalled(motoServer)) {
    it.skip("keeps objects in a real S3 (moto_server is neither on PATH nor in MOTO_SERVER)");
    return;
  }
  let server: ChildProcess | undefined;
  let client: S3Client;
  let store: S3Store;

  before(async () => {
    const [port] = await freeRange(1);
    server = spawn(motoServer, ["-p", String(port)], { stdio: "ignore" });
    client = new S3Client({
      bucket: "devices",
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      accessKeyId: "test",
      secretAccessKey: "test",
    });
    for (let attempt = 1; ; attempt++) {
      try {
        await client.send({ method: "PUT" });
        break;
      } catch (error) {
        if (attempt === 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
    store = await S3Store.open(client);
  });
  after(() => server?.kill());

  async function put(key: string, content: Buffer) {
    const upload = await store.write(key, {
      "user-agent": "AWSTransfer",
      "user-agent-id": "u@s-1",
    });
    for (let at = 0; at < content.length; at += 100_000) {
      await upload.write(content.subarray(at, at + 100_000));
    }
    return upload.commit();
  }

  async function get(key: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of (await store.read(key)).blocks) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    return keys;
  }

  const refusal = (code: string) => (error: unknown) =>
    error instanceof FileRefusal && error.code === code;

  for (const [what, bytes] of [
    ["an empty file", 0],
    ["a small file", 1000],
    ["a file of exactly one part", 8 * mib],
    ["a file of three parts", 20 * mib + 7],
  ] as const) {
    it(`stores and reads ${what}, with Transfer's metadata`, async () => {
      const content = randomBytes(bytes);
      const stored = await put(`users/a/${bytes}.bin`, content);
      assert.match(stored.etag, /^[0-9a-f]{32}(-\d+)?$/);
      assert.ok((await get(`users/a/${bytes}.bin`)).equals(content));
      const head = await client.send({ method: "HEAD", key: `users/a/${bytes}.bin` });
      assert.equal(head.headers.get("x-amz-meta-user-agent"), "AWSTransfer");
      assert.equal(head.headers.get("x-amz-meta-user-agent-id"), "u@s-1");
      assert.equal((await store.head(`users/a/${bytes}.bin`))?.size, bytes);
    });
  }

  it("keeps names of all kinds apart", async () => {
    const names = [
      "sp ace",
      "a+b",
      "50%",
      "#1",
      "日本",
      "back\\slash",
      "q?x=1&y",
      "<xml>&amp;",
      "it's(*)!",
    ];
    for (const name of names) await put(`names/${name}`, Buffer.from(name));
    assert.deepEqual((await list("names/")).sort(), names.map((name) => `names/${name}`).sort());
    for (const name of names) assert.equal((await get(`names/${name}`)).toString(), name);
  });

  it("separates folders from files, and removes only the empty ones", async () => {
    await store.makeFolder("tree/empty/");
    await put("tree/full/x", Buffer.from("x"));
    await put("tree/a", Buffer.from("a"));
    assert.deepEqual(await list("tree/"), ["tree/empty/", "tree/full/", "tree/a"]);
    assert.ok(await store.head("tree/full/"));
    assert.equal(await store.head("tree/none/"), undefined);
    await assert.rejects(store.removeFolder("tree/full/"), refusal("not-empty"));
    await store.removeFolder("tree/empty/");
    await assert.rejects(store.removeFolder("tree/empty/"), refusal("not-a-directory"));
  });

  it("reports what was replaced, and which folder is new", async () => {
    const first = await put("new/f", Buffer.from("1"));
    const second = await put("new/f", Buffer.from("2"));
    assert.deepEqual([first.replaced, first.madeFolder], [false, true]);
    assert.deepEqual([second.replaced, second.madeFolder], [true, false]);
  });

  it("renames a file, but not onto another, and no folder", async () => {
    await put("r/a b", Buffer.from("1"));
    await put("r/b", Buffer.from("2"));
    await assert.rejects(store.rename("r/a b", "r/b"), refusal("exists"));
    await assert.rejects(store.rename("r", "s"), refusal("unsupported"));
    await assert.rejects(store.rename("r/none", "s"), refusal("not-found"));
    await store.rename("r/a b", "r/c");
    assert.deepEqual(await list("r/"), ["r/b", "r/c"]);
  });

  it("gives a name to one of many that are renamed to it at the same moment, and a file one new name", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `many/from-${index}`);
    for (const name of names) await put(name, Buffer.from(name));
    const outcome = async (renames: Promise<void>[]) =>
      (await Promise.allSettled(renames)).map(({ status }) => status === "fulfilled");
    const moved = await outcome(names.map((name) => store.rename(name, "many/to")));
    const [winner, ...others] = names.filter((_, index) => moved[index]);
    assert.deepEqual(others, []);
    assert.equal((await get("many/to")).toString(), winner);
    assert.equal((await list("many/")).length, names.length);

    const to = ["many/a", "many/b", "many/c"];
    const taken = await outcome(to.map((name) => store.rename("many/to", name)));
    assert.equal(taken.filter(Boolean).length, 1);
    assert.equal((await list("many/")).length, names.length);
  });

  it("an interrupted upload does not change the file, and a short one is kept as a partial file", async () => {
    await put("cut/f", Buffer.from("whole"));
    const short = await store.write("cut/f");
    await short.write(Buffer.from("frag"));
    await short.keepPartial();
    const long = await store.write("cut/f");
    await long.write(randomBytes(9 * mib));
    await long.keepPartial();
    assert.equal((await get("cut/f")).toString(), "whole");
    const aside = await list(".partial/cut/");
    assert.equal(aside.length, 1);
    assert.equal((await get(aside[0])).toString(), "frag");
    assert.ok(!(await list("")).includes(".partial/"));
    const open = await (await client.send({ method: "GET", query: { uploads: "" } })).text();
    assert.ok(!open.includes("<Upload>"), "no parts are left to be billed");
  });

  it("deletes a file, and reports when there is none", async () => {
    await put("d/x", Buffer.from("x"));
    await store.delete("d/x");
    await assert.rejects(store.delete("d/x"), refusal("not-found"));
    await assert.rejects(store.read("d/x"), refusal("not-found"));
  });

  it("a commit that S3 refuses is no commit", async () => {
    const upload = await store.write("lost/f");
    await upload.write(randomBytes(9 * mib));
    const open = await (await client.send({ method: "GET", query: { uploads: "" } })).text();
    const uploadId = /<UploadId>([^<]+)/.exec(open)?.[1] ?? "";
    await client.send({ method: "DELETE", key: "lost/f", query: { uploadId } });
    await assert.rejects(upload.commit());
    assert.equal(await store.head("lost/f"), undefined);
  });
});

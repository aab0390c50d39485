import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import { S3, type S3Failure } from "../../../lambdas/upload-events/s3";
import { FolderStore } from "../../../twin/store/folder-store";
import type { LoopbackServer } from "../../../twin/loopback-server";
import { functionS3, type ObjectRequest } from "../../../twin/store/function-s3";
import { ObjectTags } from "../../../twin/store/object-tags";

const key = "users/cam 1/ä+(1)&'<b>'%41.jpg";
const place = { bucket: "files", key };

/** The API, by the client that the function itself uses. */
describe("S3 as a function in the twin sees it", () => {
  let folder: string;
  let store: FolderStore;
  let server: LoopbackServer;
  let url: string;
  let s3: S3;
  let asked: string[];
  let denied: ObjectRequest["action"][];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "canal-ftp-function-s3-"));
    store = await FolderStore.open({
      root: join(folder, "root"),
      staging: join(folder, "staging"),
      partial: join(folder, "partial"),
      versions: join(folder, "versions"),
    });
    [asked, denied] = [[], []];
    const tags = new ObjectTags(join(folder, "tags"));
    server = functionS3({
      bucketNamed: (name) =>
        ["files", "plain"].includes(name)
          ? { store, tags, versioned: name === "files" }
          : undefined,
      allows: (request) => {
        asked.push(`${request.action} ${request.bucket}/${request.key}`);
        return !denied.includes(request.action);
      },
    });
    url = await server.listen();
    const credentials = { accessKeyId: "TWIN", secretAccessKey: "twin" };
    s3 = new S3({ region: "eu-west-1", credentials, endpoint: url, timeoutMs: 5000, attempts: 1 });
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const text = async (version?: string) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await s3.read(place, version))!) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const refusedWith = (status: number, code: string) => (error: S3Failure) =>
    error.status === status && error.code === code;

  it("gives an object with its size and the checksum of what is in it", async () => {
    await s3.put(place, "hello");
    const head = await s3.head(place);
    assert.equal(head?.bytes, 5);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32("hello"));
    assert.deepEqual(head?.checksum, { algorithm: "crc32", value: bytes.toString("base64") });
    assert.equal(await text(), "hello");
  });

  it("returns no checksum of an object it would have to read too long for", async () => {
    const upload = await store.write(place.key);
    await upload.commit();
    // Nothing but holes: no disk is written, and only its size counts.
    truncateSync(join(folder, "root", place.key), 64 * 1024 * 1024 + 1);
    const head = await s3.head(place);
    assert.equal(head?.bytes, 64 * 1024 * 1024 + 1);
    assert.equal(head.checksum, undefined);
  });

  it("returns a complete object of several blocks, and an empty one", async () => {
    for (const contents of ["", "0123456789".repeat(500_000)]) {
      await s3.put(place, contents);
      const head = (await s3.head(place))!;
      assert.equal(head.bytes, contents.length);
      assert.ok((await text()) === contents);
    }
  });

  it("lists versions and delete markers, the newest first, and gives each version", async () => {
    await s3.put(place, "one");
    await s3.put(place, "three");
    await store.delete(key);
    await store.rename((await put("users/cam 1/b.tmp", "four")).key, key);
    const listed = await s3.versions(place, new Date(0));
    assert.deepEqual(
      listed.map(({ isMarker, size }) => [isMarker, size]),
      [
        [false, 4],
        [true, 0],
        [false, 5],
        [false, 3],
      ],
    );
    assert.ok(listed.every(({ modified }) => modified.getTime() % 1000 === 0));
    const contents = [];
    for (const { id, isMarker } of listed) if (!isMarker) contents.push(await text(id));
    assert.deepEqual(contents, ["four", "three", "one"]);
    const former = await s3.versions({ bucket: "files", key: "users/cam 1/b.tmp" }, new Date(0));
    assert.deepEqual(
      former.map(({ isMarker }) => isMarker),
      [true, false],
    );
    assert.equal(await s3.head(place, former[0].id), undefined);
    assert.equal(former[1].etag, listed[0].etag, "a copy keeps the ETag");
  });

  const put = async (name: string, contents: string) => {
    await s3.put({ bucket: "files", key: name }, contents);
    return { key: name };
  };

  it("writes what may not replace anything once, also when two write concurrently", async () => {
    const all = await Promise.all(["a", "b", "c"].map((body) => s3.putNew(place, body)));
    assert.deepEqual(all.sort(), [false, false, true]);
    assert.equal(await s3.putNew(place, "d"), false);
  });

  const tagsUrl = () => `${url}/files/a?tagging=`;
  const putTags = (body: string, headers: Record<string, string> = {}) =>
    fetch(tagsUrl(), {
      method: "PUT",
      body,
      headers: { "content-md5": createHash("md5").update(body).digest("base64"), ...headers },
    });
  const tagging = (count: number) => {
    const tag = (index: number) => `<Tag><Key>t${index}</Key><Value>x</Value></Tag>`;
    return `<Tagging><TagSet>${Array.from({ length: count }, (_, index) => tag(index)).join("")}</TagSet></Tagging>`;
  };

  it("keeps the tags of an object until another takes its place, ten and no more", async () => {
    await put("a", "one");
    assert.equal((await putTags(tagging(10))).status, 200);
    assert.equal(await (await fetch(tagsUrl())).text(), tagging(10));
    assert.equal((await putTags(tagging(11))).status, 400);
    await put("a", "two");
    assert.equal(await (await fetch(tagsUrl())).text(), tagging(0));
  });

  it("takes tags only with the digest of what was sent", async () => {
    await put("a", "one");
    const answer = await putTags("<Tagging/>", { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" });
    assert.match(await answer.text(), /<Code>BadDigest<\/Code>/);
  });

  it("reports a missing object as far as the role may know", async () => {
    assert.equal(await s3.head(place), undefined);
    denied = ["s3:ListBucket"];
    await assert.rejects(s3.head(place), (error: S3Failure) => error.status === 403);
  });

  it("authorizes every request first, in the terms of IAM", async () => {
    await s3.put(place, "one");
    await s3.head(place);
    const [version] = await s3.versions(place, new Date(0));
    await s3.head(place, version.id);
    const object = `files/${key}`;
    assert.deepEqual(asked, [
      `s3:PutObject ${object}`,
      `s3:GetObject ${object}`,
      `s3:ListBucketVersions ${object}`,
      `s3:GetObjectVersion ${object}`,
    ]);
    denied = ["s3:PutObject"];
    await assert.rejects(s3.put(place, "two"), refusedWith(403, "AccessDenied"));
    assert.equal(await text(), "one");
  });

  it("refuses a bucket that is not there, and what it does not do", async () => {
    await assert.rejects(
      s3.put({ bucket: "none", key: "a" }, ""),
      refusedWith(404, "NoSuchBucket"),
    );
    for (const [method, path] of [
      ["DELETE", "/files/a"],
      ["GET", "/files/"],
      ["GET", "/files/a?acl="],
      ["POST", "/files/a?uploads="],
    ]) {
      const { status } = await fetch(`${url}${path}`, { method });
      assert.equal(status, 501, `${method} ${path}`);
    }
  });
});

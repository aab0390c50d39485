import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import { S3, type S3Failure } from "../../../lambdas/upload-events/s3";
import { FolderStore } from "../../../twin/store/folder-store";
import { FunctionS3, type ObjectRequest } from "../../../twin/store/function-s3";
import { ObjectTags } from "../../../twin/store/object-tags";

const key = "users/cam 1/ä+(1)&'<b>'%41.jpg";
const place = { bucket: "files", key };

/** The API, by the client that the function itself uses. */
describe("S3 as a function in the twin sees it", () => {
  let folder: string;
  let store: FolderStore;
  let functionS3: FunctionS3;
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
    });
    [asked, denied] = [[], []];
    const tags = new ObjectTags(join(folder, "tags"));
    functionS3 = new FunctionS3({
      bucketNamed: (name) =>
        ["files", "plain"].includes(name)
          ? { store, tags, versioned: name === "files" }
          : undefined,
      allows: (request) => {
        asked.push(`${request.action} ${request.bucket}/${request.key}`);
        return !denied.includes(request.action);
      },
    });
    url = await functionS3.listen();
    const credentials = { accessKeyId: "TWIN", secretAccessKey: "twin" };
    s3 = new S3({ region: "eu-west-1", credentials, endpoint: url, timeoutMs: 5000, attempts: 1 });
  });
  afterEach(async () => {
    await functionS3.close();
    rmSync(folder, { recursive: true });
  });

  const text = async (etag: string) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await s3.read(place, etag))!) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const refusedWith = (status: number, code: string) => (error: S3Failure) =>
    error.status === status && error.code === code;

  it("gives an object with its size, version and the checksum of what is in it", async () => {
    await s3.put(place, "hello");
    const head = await s3.head(place);
    assert.equal(head?.bytes, 5);
    assert.equal(head?.version, head?.etag);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32("hello"));
    assert.deepEqual(head?.checksum, { algorithm: "crc32", value: bytes.toString("base64") });
    assert.equal(await text(head.etag), "hello");
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

  it("gives an object of several blocks whole, and an empty one", async () => {
    for (const contents of ["", "0123456789".repeat(500_000)]) {
      await s3.put(place, contents);
      const head = (await s3.head(place))!;
      assert.equal(head.bytes, contents.length);
      assert.ok((await text(head.etag)) === contents);
    }
  });

  it("gives no version where the bucket has none", async () => {
    await s3.put({ bucket: "plain", key: "a" }, "hello");
    assert.equal((await s3.head({ bucket: "plain", key: "a" }))?.version, undefined);
  });

  it("gives an object only under the ETag it has", async () => {
    await s3.put(place, "one");
    const before = (await s3.head(place))!.etag;
    await s3.put(place, "two");
    assert.equal(await s3.read(place, before), undefined);
  });

  it("writes what may not replace anything once, also when two write concurrently", async () => {
    const all = await Promise.all(["a", "b", "c"].map((body) => s3.putNew(place, body)));
    assert.deepEqual(all.sort(), [false, false, true]);
    assert.equal(await s3.putNew(place, "d"), false);
  });

  it("keeps tags as they were given, of the version they were given for", async () => {
    await s3.put(place, "one");
    const { version } = (await s3.head(place))!;
    assert.deepEqual(await s3.tags(place, version), {});
    const tags = { device: `<cam & "1">`, "upload-check": "verified" };
    await s3.putTags(place, version, tags);
    assert.deepEqual(await s3.tags(place, version), tags);
    assert.deepEqual(await s3.tags(place, undefined), tags);
    await s3.put(place, "two");
    assert.deepEqual(await s3.tags(place, undefined), {}, "another object has none");
    await assert.rejects(s3.putTags(place, version, tags), refusedWith(404, "NoSuchVersion"));
  });

  it("takes ten tags and no more", async () => {
    await s3.put(place, "one");
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
    await s3.putTags(place, undefined, tags(10));
    await assert.rejects(s3.putTags(place, undefined, tags(11)), refusedWith(400, "BadRequest"));
  });

  it("takes tags only with the digest of what was sent", async () => {
    await s3.put({ bucket: "files", key: "a" }, "one");
    const put = (headers: Record<string, string>) =>
      fetch(`${url}/files/a?tagging=`, { method: "PUT", body: "<Tagging/>", headers });
    for (const [headers, code] of [
      [{}, "InvalidRequest"],
      [{ "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" }, "BadDigest"],
    ] as [Record<string, string>, string][]) {
      const answer = await put(headers);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), new RegExp(`<Code>${code}</Code>`));
    }
  });

  it("reports a missing object as far as the role may know", async () => {
    assert.equal(await s3.head(place), undefined);
    denied = ["s3:ListBucket"];
    await assert.rejects(s3.head(place), (error: S3Failure) => error.status === 403);
  });

  it("asks for leave before anything, in IAM's words", async () => {
    await s3.put(place, "one");
    const { version } = (await s3.head(place))!;
    await s3.tags(place, version);
    await s3.putTags(place, undefined, { a: "b" });
    const object = `files/${key}`;
    assert.deepEqual(asked, [
      `s3:PutObject ${object}`,
      `s3:GetObject ${object}`,
      `s3:GetObjectVersionTagging ${object}`,
      `s3:PutObjectTagging ${object}`,
    ]);
    denied = ["s3:PutObject"];
    await assert.rejects(s3.put(place, "two"), refusedWith(403, "AccessDenied"));
    assert.equal(await text(version!), "one");
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

import assert from "node:assert/strict";

import { S3, S3Failure } from "../../../lambdas/upload-events/s3";
import { S3Server } from "./support/s3-server";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "not-a-real-key",
  sessionToken: "token",
};
const region = "ap-northeast-1";

describe("upload-events: S3", () => {
  let server: S3Server;
  let s3: S3;
  beforeEach(async () => {
    server = await new S3Server().open();
    s3 = new S3({ region, credentials, endpoint: server.endpoint, timeoutMs: 2000, attempts: 3 });
  });
  afterEach(() => server.close());

  const key = "users/cam 1/ä+(1)&b.jpg";
  const place = { bucket: "files", key };

  it("requests an object by its encoded key, and reads its metadata", async () => {
    server.put(`files/${key}`, "hello", { "x-amz-version-id": "v1", "x-amz-checksum-crc32": "x" });
    const head = await s3.head(place);
    assert.equal(server.seen[0].url, "/files/users/cam%201/%C3%A4%2B%281%29%26b.jpg");
    assert.deepEqual(head, {
      bytes: 5,
      etag: "5d41402abc4b2a76b9719d911017c592",
      checksum: { algorithm: "crc32", value: "x" },
    });
    assert.equal(await s3.head({ bucket: "files", key: "nothing" }), undefined);
  });

  it("signs the request and its contents, with the token of the function's role", async () => {
    await s3.put(place, "hello");
    const [{ headers }] = server.seen;
    const hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert.equal(headers["x-amz-content-sha256"], hash);
    assert.equal(headers["x-amz-security-token"], "token");
    const scope =
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/ap-northeast-1\/s3\/aws4_request, /;
    assert.match(headers.authorization ?? "", scope);
    assert.match(
      headers.authorization ?? "",
      /SignedHeaders=host;.*x-amz-content-sha256;x-amz-date/,
    );
  });

  const text = async (version?: string) => {
    const chunks: Uint8Array[] = [];
    const contents = await s3.read(place, version);
    if (contents === undefined) return undefined;
    for await (const chunk of contents) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it("reads an object, and an older version of it", async () => {
    server.put(`files/${key}`, "hello");
    server.put(`files/${key}`, "later");
    assert.deepEqual(await Promise.all([text(), text("v1"), text("v3")]), [
      "later",
      "hello",
      undefined,
    ]);
    assert.equal((await s3.head(place, "v1"))?.etag, "5d41402abc4b2a76b9719d911017c592");
    assert.equal(await s3.head(place, "v3"), undefined);
  });

  it("lists versions and delete markers of one key, the newest first, page by page, back to a time", async () => {
    const name = `files/${key}`;
    for (const [index, contents] of ["a", "bb", "ccc"].entries()) {
      server.modified = `2026-11-24T03:00:0${index}.000Z`;
      server.put(name, contents);
    }
    server.remove(name);
    server.put(`${name}.later`, "another key");
    const list = async (from: string) =>
      (await s3.versions(place, new Date(from))).map(({ id, isMarker, size }) => [
        id,
        isMarker,
        size,
      ]);
    const all = [
      ["v4", true, 0],
      ["v3", false, 3],
      ["v2", false, 2],
      ["v1", false, 1],
    ];
    assert.deepEqual(await list("2026-11-24T00:00:00Z"), all);
    server.pageSize = 1;
    assert.deepEqual(await list("2026-11-24T00:00:00Z"), all);
    assert.deepEqual(await list("2026-11-24T03:00:02Z"), all.slice(0, 3));
    const [version] = await s3.versions(place, new Date("2026-11-24T03:00:02Z"));
    assert.deepEqual(version.modified, new Date("2026-11-24T03:00:02Z"));
  });

  it("writes an object that does not exist, and reports an existing one", async () => {
    assert.equal(await s3.putNew(place, "first"), true);
    assert.equal(await s3.putNew(place, "second"), false);
    assert.equal(server.object(`files/${key}`)?.body.toString(), "first");
  });

  it("retries temporary failures, three attempts in total", async () => {
    server.put(`files/${key}`, "hello");
    server.failures.push(503, 500);
    assert.equal((await s3.head(place))?.bytes, 5);
    server.failures.push(503, 503, 503);
    await assert.rejects(s3.put(place, ""), /PutObject: Configured/);
    assert.equal(server.seen.length, 6);
  });

  it("retries while another request writes the same object, and then reports whether it exists", async () => {
    server.failures.push(409);
    assert.equal(await s3.putNew(place, "mine"), true);
    server.failures.push(409);
    assert.equal(await s3.putNew(place, "mine"), false);
    // The other writer failed each time: this delivery has to come again, or the object is missing.
    server.failures.push(409, 409, 409);
    await assert.rejects(s3.putNew({ ...place, key: "other" }, "mine"), /PutObject: Configured/);
  });

  it("does not retry a permanent failure, and reports no contents", async () => {
    server.failures.push(403);
    await assert.rejects(s3.put(place, "contents"), (error: S3Failure) => {
      assert.deepEqual([error.status, error.message], [403, "PutObject: Configured"]);
      return true;
    });
    assert.equal(server.seen.length, 1);
  });

  it("fails without an answer", async () => {
    await server.close();
    await assert.rejects(s3.head(place), /HeadObject: Unreachable/);
    server = await new S3Server().open();
  });
});

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

  it("names an object by its encoded key, and reads what S3 says of it", async () => {
    server.put(`files/${key}`, "hello", { "x-amz-version-id": "v1", "x-amz-checksum-crc32": "x" });
    const head = await s3.head(place);
    assert.equal(server.seen[0].url, "/files/users/cam%201/%C3%A4%2B%281%29%26b.jpg");
    assert.deepEqual(head, {
      bytes: 5,
      etag: "5d41402abc4b2a76b9719d911017c592",
      version: "v1",
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

  it("reads an object only as long as it is the same", async () => {
    const etag = server.put(`files/${key}`, "hello");
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await s3.read(place, etag))!) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), "hello");
    assert.equal(await s3.read(place, "another"), undefined);
  });

  it("writes what is not there, and says so when it is", async () => {
    assert.equal(await s3.putNew(place, "first"), true);
    assert.equal(await s3.putNew(place, "second"), false);
    assert.equal(server.objects.get(`files/${key}`)?.body.toString(), "first");
  });

  it("reads and writes tags, with what XML would take for its own", async () => {
    const tags = { device: "a<b>&\"c'", "upload-check": "verified" };
    await s3.putTags(place, undefined, tags);
    assert.deepEqual(await s3.tags(place, undefined), tags);
    assert.match(String(server.seen[0].headers["content-md5"]), /^[\w+/]{22}==$/);
    await s3.putTags(place, "v1", tags);
    assert.match(server.seen[2].url, /\?tagging=&versionId=v1$/);
  });

  it("asks again for what may pass, three times in all", async () => {
    server.put(`files/${key}`, "hello");
    server.failures.push(503, 500);
    assert.equal((await s3.head(place))?.bytes, 5);
    server.failures.push(503, 503, 503);
    await assert.rejects(s3.put(place, ""), /PutObject: Configured/);
    assert.equal(server.seen.length, 6);
  });

  it("asks again while another writes the same object, and sees then whether it is there", async () => {
    server.failures.push(409);
    assert.equal(await s3.putNew(place, "mine"), true);
    server.failures.push(409);
    assert.equal(await s3.putNew(place, "mine"), false);
    // The other writer failed each time: this delivery has to come again, or the object is missing.
    server.failures.push(409, 409, 409);
    await assert.rejects(s3.putNew({ ...place, key: "other" }, "mine"), /PutObject: Configured/);
  });

  it("gives up at once what stays, and names no contents", async () => {
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

import assert from "node:assert/strict";
import type { S3Client, S3Request } from "../../../twin/store/s3-client";
import { S3Store } from "../../../twin/store/s3-store";

/** A bucket of so many files in pages of a thousand, each page with a folder at its end. */
class PagedBucket {
  readonly asked: S3Request[] = [];

  constructor(private readonly pages: number) {}

  async send(request: S3Request): Promise<Response> {
    this.asked.push(request);
    const page = Number(request.query?.["continuation-token"] ?? 0);
    const number = (index: number): string => String(page * 1000 + index).padStart(6, "0");
    const files = Array.from(
      { length: 999 },
      (_, index) =>
        `<Contents><Key>in/${number(index)}.txt</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>${index}</Size></Contents>`,
    );
    const folder = `<CommonPrefixes><Prefix>in/${number(999)}/</Prefix></CommonPrefixes>`;
    const next =
      page + 1 < this.pages ? `<NextContinuationToken>${page + 1}</NextContinuationToken>` : "";
    return new Response(`<ListBucketResult>${files.join("")}${folder}${next}</ListBucketResult>`);
  }
}

describe("twin/store/S3Store, a listing of many pages", () => {
  async function open(pages: number) {
    const bucket = new PagedBucket(pages);
    const store = await S3Store.open(bucket as unknown as S3Client);
    bucket.asked.length = 0;
    return { bucket, list: store.list("in/") };
  }

  it("requests a page only when the previous one was read", async () => {
    const { bucket, list } = await open(100);
    const first = await list.next();
    assert.equal(first.value?.key, "in/000999/");
    assert.equal(bucket.asked.length, 1);
    for (let taken = 1; taken < 1000; taken++) await list.next();
    assert.equal(bucket.asked.length, 1);
    assert.equal((await list.next()).value?.key, "in/001999/");
    assert.equal(bucket.asked.length, 2);
    await list.return(undefined);
  });

  it("gives every entry once, folders of a page before its files", async () => {
    const { bucket, list } = await open(3);
    const keys: string[] = [];
    for await (const { key } of list) keys.push(key);
    assert.equal(new Set(keys).size, 3000);
    assert.deepEqual(keys.slice(998, 1002), [
      "in/000997.txt",
      "in/000998.txt",
      "in/001999/",
      "in/001000.txt",
    ]);
    assert.equal(bucket.asked.length, 3);
  });
});

import assert from "node:assert/strict";

import type { AwsApi } from "../../../cli/core/aws";
import { copyVersion, listVersions } from "../../../cli/restore/bucket";

/** S3 that answers with these pages in turn, and keeps what it was asked. */
function storage(...pages: readonly object[]) {
  const calls: [string, object][] = [];
  const aws: AwsApi = {
    call: <T>(service: string, operation: string, input: object = {}) => {
      calls.push([`${service} ${operation}`, input]);
      return Promise.resolve((pages[calls.length - 1] ?? {}) as T);
    },
  };
  return { aws, calls };
}

describe("listVersions", () => {
  const modified = new Date("2026-11-26T12:00:00Z");
  const entry = (key: string, id: string) => ({ Key: key, VersionId: id, LastModified: modified });
  const version = (key: string, id: string) => ({
    ...{ key, id, modified: modified.getTime() },
    ...{ isMarker: false, isLatest: false, etag: "", size: 0 },
  });

  it("reads versions and delete markers", async () => {
    const { aws, calls } = storage({
      Versions: [{ ...entry("a", "v1"), IsLatest: true, ETag: '"e"', Size: 5 }],
      DeleteMarkers: [entry("b", "v2")],
      EncodingType: "url",
    });
    assert.deepEqual(await listVersions(aws, "files", "users/"), [
      { ...version("a", "v1"), isLatest: true, etag: '"e"', size: 5 },
      { ...version("b", "v2"), isMarker: true },
    ]);
    assert.deepEqual(calls, [
      ["S3 ListObjectVersions", { Bucket: "files", Prefix: "users/", EncodingType: "url" }],
    ]);
  });

  it("decodes keys only when they are encoded, with + as a space", async () => {
    const keys = async (page: object) =>
      (await listVersions(storage(page).aws, "files", "")).map(({ key }) => key);
    const encoded = "a+b%2Bc%0A%E7%B7%9A";
    const page = { Versions: [entry(encoded, "v1")] };
    assert.deepEqual(await keys({ ...page, EncodingType: "url" }), ["a b+c\n線"]);
    assert.deepEqual(await keys(page), [encoded]);
  });

  it("continues after each page from its decoded markers, until the last one", async () => {
    const { aws, calls } = storage(
      {
        ...{ Versions: [entry("a", "v1")], IsTruncated: true, EncodingType: "url" },
        ...{ NextKeyMarker: "a+b", NextVersionIdMarker: "v1" },
      },
      {},
      { Versions: [entry("never", "v2")] },
    );
    assert.deepEqual(await listVersions(aws, "files", ""), [version("a", "v1")]);
    assert.equal(calls.length, 2);
    assert.deepEqual(calls[1][1], {
      ...{ Bucket: "files", Prefix: "", EncodingType: "url" },
      ...{ KeyMarker: "a b", VersionIdMarker: "v1" },
    });
  });
});

describe("copyVersion", () => {
  it("encodes the source but for its slashes, and not the target", async () => {
    const { aws, calls } = storage();
    const step = { key: "users/a/b c+?線", versionId: "v/1", size: 1, because: "deleted" } as const;
    await copyVersion(aws, "files", step);
    assert.deepEqual(calls, [
      [
        "S3 CopyObject",
        {
          Bucket: "files",
          Key: "users/a/b c+?線",
          CopySource: "files/users/a/b%20c%2B%3F%E7%B7%9A?versionId=v%2F1",
        },
      ],
    ]);
  });
});

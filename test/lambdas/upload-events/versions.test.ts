import assert from "node:assert/strict";

import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import {
  type ObjectVersion,
  readVersions,
  renamedPairs,
  uploadedVersions,
} from "../../../lambdas/upload-events/versions";
import { renameEvent, uploadEvent } from "./support/events";

/** The events' end is 03:00:01.5; versions are the newest first. */
const version = (id: string, second: number, etag = "e", size = 9): ObjectVersion => ({
  ...{ id, etag, size, isMarker: false },
  modified: new Date(Date.UTC(2026, 10, 24, 3, 0, second)),
});
const marker = (id: string, second: number): ObjectVersion => ({
  ...version(id, second, "", 0),
  isMarker: true,
});
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe("upload-events: versions of an upload", () => {
  const event = readUpload(uploadEvent({ etag: "e" }));

  it("are those with its ETag, the nearest in time first, of one moment the oldest", () => {
    const listed = [
      version("v3", 50),
      version("v2", 1),
      version("other", 1, "x"),
      version("v1", 0),
    ];
    assert.deepEqual(ids(uploadedVersions(listed, event)), ["v1", "v2", "v3"]);
  });

  it("of one moment begin with the one that is still there", () => {
    const listed = [version("v3", 1), version("v2", 1), marker("m", 1), version("v1", 1)];
    const found = uploadedVersions(listed, event);
    assert.deepEqual(
      found.map(({ id, fate }) => [id, fate]),
      [
        ["v3", "current"],
        ["v2", "replaced"],
        ["v1", "removed"],
      ],
    );
  });

  it("without an ETag are those of its time", () => {
    const listed = [version("v3", 50), version("v2", 1, "a"), version("v1", 0, "b")];
    assert.deepEqual(ids(uploadedVersions(listed, readUpload(uploadEvent()))), ["v1", "v2"]);
  });
});

describe("upload-events: versions of a rename", () => {
  const event = readUpload(renameEvent());

  it("are a removed version and one of its size, the same ETag first", () => {
    const former = [
      marker("m2", 1),
      version("t2", 1, "two"),
      marker("m1", 1),
      version("t1", 1, "one"),
    ];
    const listed = [version("w2", 1, "two"), version("w1", 1, "kms"), version("part", 1, "x", 3)];
    const pairs = renamedPairs(former, listed, event).map(({ from, to }) => [from.id, to.id]);
    assert.deepEqual(pairs[0], ["t2", "w2"]);
    assert.equal(pairs.length, 4);
    assert.ok(!pairs.flat().includes("part"));
  });

  it("are none when the former name still has its file, or was removed long before", () => {
    const made = [version("w", 1)];
    assert.deepEqual(renamedPairs([version("t", 1)], made, event), []);
    assert.deepEqual(renamedPairs([marker("m", -60), version("t", -70)], made, event), []);
  });
});

describe("upload-events: a list of versions", () => {
  it("is read in its order, with names as they are, and the parameters of the next page", () => {
    const entry = (element: string, key: string, id: string, content = "") =>
      `<${element}><Key>${key}</Key><VersionId>${id}</VersionId><LastModified>2026-11-24T03:00:01.000Z</LastModified>${content}</${element}>`;
    const content = "<ETag>&quot;abc&quot;</ETag><Size>9</Size>";
    const xml = `<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a+b%2B</NextKeyMarker><NextVersionIdMarker>v1</NextVersionIdMarker>${entry("DeleteMarker", "a+b%2B", "m")}${entry("Version", "a+b%2B", "v1", content)}</ListVersionsResult>`;
    const { versions, next } = readVersions(xml);
    assert.deepEqual(
      versions.map(({ key, id, isMarker, etag, size }) => [key, id, isMarker, etag, size]),
      [
        ["a b+", "m", true, "", 0],
        ["a b+", "v1", false, "abc", 9],
      ],
    );
    assert.deepEqual(next, { "key-marker": "a b+", "version-id-marker": "v1" });
    assert.equal(readVersions(xml.replace("true", "false")).next, undefined);
  });
});

import assert from "node:assert/strict";
import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { mock } from "node:test";

import fc from "fast-check";

import { FolderUpload } from "../../../twin/store/folder-upload";
import { SyncIo } from "../../../twin/store/sync-io";
import type { StagingArea } from "../../../twin/store/staging-area";

/** What the disk does with a synchronous write; it takes the place of `fs.writeSync`. */
let writeAtOnce: (chunk: Buffer) => number;

/** An upload to a disk that takes at most so many bytes of a write, each of which takes so many milliseconds. */
function uploadTo(most: number, milliseconds: number) {
  const written: { at: "once" | "aside"; bytes: Buffer }[] = [];
  let now = 0;
  const take = (at: "once" | "aside", chunk: Buffer): number => {
    now += milliseconds;
    // The memory is used again: what was written has to be kept apart.
    written.push({ at, bytes: Buffer.from(chunk.subarray(0, most)) });
    return Math.min(most, chunk.length);
  };
  writeAtOnce = (chunk) => take("once", chunk);
  const handle = {
    fd: -1,
    write: async (chunk: Buffer) => ({ bytesWritten: take("aside", chunk) }),
  } as unknown as FileHandle;
  const place = async () => ({ etag: "", replaced: false, madeFolder: false });
  const staged = { path: "unused", handle };
  const upload = new FolderUpload({} as StagingArea, staged, place, {
    syncIo: new SyncIo(() => now),
  });
  return { upload, written };
}

describe("FolderUpload", () => {
  before(() => {
    const stand = (_fd: number, chunk: Buffer, from: number, most: number) =>
      writeAtOnce(chunk.subarray(from, from + most));
    mock.method(fs, "writeSync", stand as typeof fs.writeSync);
  });
  after(() => mock.restoreAll());

  for (const [pace, milliseconds] of [
    ["quick", 1],
    ["slow", 11],
  ] as const) {
    it(`writes every byte once on a ${pace} disk that takes less than it is given`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.uint8Array({ maxLength: 9 })),
          fc.integer({ min: 1, max: 12 }),
          async (chunks, most) => {
            const { upload, written } = uploadTo(most, milliseconds);
            const memory = Buffer.alloc(9);
            for (const chunk of chunks) {
              memory.set(chunk);
              await upload.write(memory.subarray(0, chunk.length));
              memory.fill(0);
            }
            const bytes = written.map((each) => each.bytes);
            assert.deepEqual(Buffer.concat(bytes), Buffer.concat(chunks));
            const aside = written.filter(({ at }) => at === "aside").length;
            const atOnce = written.length - aside;
            // One at once, another after 4 aside, after 8 more, and so on.
            if (pace === "slow") assert.ok(atOnce <= 1 + Math.log2(1 + written.length / 4));
            else assert.equal(aside, 0);
          },
        ),
      );
    });
  }

  it("writes no more synchronously than may be waited for, and the rest by a thread when that took long", async () => {
    const kib = 1024;
    const parts = async (milliseconds: number) => {
      const { upload, written } = uploadTo(4096 * kib, milliseconds);
      await upload.write(Buffer.alloc(300 * kib));
      return written.map(({ at, bytes }) => [at, bytes.length / kib]);
    };
    assert.deepEqual(await parts(1), [
      ["once", 128],
      ["once", 128],
      ["once", 44],
    ]);
    assert.deepEqual(await parts(11), [
      ["once", 128],
      ["aside", 172],
    ]);
  });

  it("needs no wait after a synchronous write, and returns a promise when a thread writes", async () => {
    const quick = uploadTo(100, 1);
    assert.equal(quick.upload.write(Buffer.from("abc")), undefined);
    const slow = uploadTo(100, 11);
    assert.equal(slow.upload.write(Buffer.from("abc")), undefined);
    const second = slow.upload.write(Buffer.from("def"));
    assert.ok(second instanceof Promise);
    await second;
    assert.deepEqual(
      slow.written.map(({ at, bytes }) => [at, bytes.toString()]),
      [
        ["once", "abc"],
        ["aside", "def"],
      ],
    );
  });
});

import assert from "node:assert/strict";
import type { FileHandle } from "node:fs/promises";
import fc from "fast-check";
import { FolderUpload } from "../../../twin/store/folder-upload";
import type { StagingArea } from "../../../twin/store/staging-area";

describe("FolderUpload", () => {
  it("writes every byte once on a disk that takes less than it is given", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 9 })),
        fc.integer({ min: 1, max: 12 }),
        async (chunks, most) => {
          const written: Buffer[] = [];
          const writev = async (given: Buffer[]): Promise<{ bytesWritten: number }> => {
            const taken = Buffer.concat(given).subarray(0, most);
            written.push(taken);
            return { bytesWritten: taken.length };
          };
          const handle = { writev } as unknown as FileHandle;
          const staged = { path: "unused", handle };
          const upload = new FolderUpload({} as StagingArea, staged, async () => ({
            etag: "",
            replaced: false,
            madeFolder: false,
          }));
          await upload.write(chunks.map((chunk) => Buffer.from(chunk)));
          assert.deepEqual(Buffer.concat(written), Buffer.concat(chunks));
        },
      ),
    );
  });
});

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { fileBlocks } from "../../../twin/store/file-blocks";
import { SyncIo } from "../../../twin/store/sync-io";

const kib = 1024;

describe("twin/store/fileBlocks", () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-blocks-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Copies of the blocks, and how many buffers they were in. */
  async function read(
    content: Buffer,
    syncIo?: SyncIo,
  ): Promise<{ blocks: Buffer[]; buffers: number }> {
    const name = path.join(folder, "file");
    fs.writeFileSync(name, content);
    const file = await fs.promises.open(name);
    const blocks: Buffer[] = [];
    const buffers = new Set<ArrayBufferLike>();
    for await (const block of fileBlocks(file, syncIo)) {
      blocks.push(Buffer.from(block));
      buffers.add(block.buffer);
    }
    await file.close();
    return { blocks, buffers: buffers.size };
  }

  /** Of a disk that has to be waited for: by the clock each call takes a second. */
  const slow = () => {
    let now = 0;
    return new SyncIo(() => (now += 1000));
  };

  it("returns all bytes in order, for any length, synchronously and by another thread", async () => {
    for (const length of [1, 64 * kib - 1, 64 * kib, 64 * kib + 1, 5000 * kib]) {
      const content = randomBytes(length);
      for (const syncIo of [new SyncIo(), slow()]) {
        const { blocks } = await read(content, syncIo);
        assert.ok(Buffer.concat(blocks).equals(content), `${length} bytes`);
      }
    }
    assert.deepEqual((await read(Buffer.alloc(0))).blocks, []);
  });

  it("begins with a small block, doubles up to 1 MiB, and continues in one buffer of that size", async () => {
    const { blocks, buffers } = await read(Buffer.alloc(9 * 1024 * kib));
    const lengths = blocks.map(({ length }) => length / kib);
    assert.deepEqual(lengths.slice(0, 6), [64, 128, 256, 512, 1024, 1024]);
    assert.ok(lengths.slice(4, -1).every((length) => length === 1024));
    assert.equal(buffers, 5);
  });
});

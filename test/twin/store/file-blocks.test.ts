import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { fileBlocks } from "../../../twin/store/file-blocks";

const KIB = 1024;

describe("twin/store/fileBlocks", () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-blocks-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Copies of the blocks, and how many buffers they were in. */
  async function read(content: Buffer): Promise<{ blocks: Buffer[]; buffers: number }> {
    const name = path.join(folder, "file");
    fs.writeFileSync(name, content);
    const file = await fs.promises.open(name);
    const blocks: Buffer[] = [];
    const buffers = new Set<ArrayBufferLike>();
    for await (const block of fileBlocks(file)) {
      blocks.push(Buffer.from(block));
      buffers.add(block.buffer);
    }
    await file.close();
    return { blocks, buffers: buffers.size };
  }

  it("gives all bytes in order, whatever the length", async () => {
    for (const length of [1, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 5000 * KIB]) {
      const content = randomBytes(length);
      assert.ok(Buffer.concat((await read(content)).blocks).equals(content), `${length} bytes`);
    }
    assert.deepEqual((await read(Buffer.alloc(0))).blocks, []);
  });

  it("begins small, doubles up to 1 MiB, and goes on in two buffers of that", async () => {
    const { blocks, buffers } = await read(Buffer.alloc(9 * 1024 * KIB));
    const lengths = blocks.map(({ length }) => length / KIB);
    assert.deepEqual(lengths.slice(0, 6), [64, 128, 256, 512, 1024, 1024]);
    assert.ok(lengths.slice(4, -1).every((length) => length === 1024));
    assert.equal(buffers, 6);
  });

  it("leaves a block as it is until the next but one is asked for", async () => {
    const content = randomBytes(4 * 1024 * KIB);
    const name = path.join(folder, "file");
    fs.writeFileSync(name, content);
    const file = await fs.promises.open(name);
    let [position, before]: [number, Buffer] = [0, Buffer.alloc(0)];
    for await (const block of fileBlocks(file)) {
      assert.ok(before.equals(content.subarray(position - before.length, position)));
      position += block.length;
      before = block;
    }
    await file.close();
    assert.equal(position, content.length);
  });
});

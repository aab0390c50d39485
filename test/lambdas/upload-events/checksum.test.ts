import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { agrees, checksumIn } from "../../../lambdas/upload-events/checksum";
import { Crc64Nvme } from "../../../lambdas/upload-events/crc64nvme";
import { nineBytes } from "./support/events";

async function* inBlocks(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

describe("upload-events: checksums", () => {
  it("CRC-64/NVME has the check value of its definition, and zero of nothing", () => {
    const digest = (text: string) => new Crc64Nvme().update(Buffer.from(text)).digest();
    assert.equal(digest(nineBytes.text).toString("hex"), "ae8b14860a799888");
    assert.equal(digest("").toString("hex"), "0000000000000000");
    assert.equal(digest(nineBytes.text).toString("base64"), nineBytes.crc64nvme);
  });

  const nine: [algorithm: string, value: string][] = [
    ["crc64nvme", nineBytes.crc64nvme],
    ["crc32", Buffer.from("cbf43926", "hex").toString("base64")],
    ["sha1", createHash("sha1").update(nineBytes.text).digest("base64")],
    ["sha256", createHash("sha256").update(nineBytes.text).digest("base64")],
  ];
  for (const [algorithm, value] of nine) {
    it(`${algorithm} is the same for any split of the contents into blocks`, async () => {
      for (const size of [1, 4, 9]) {
        assert.ok(await agrees(inBlocks(nineBytes.text, size), { algorithm, value }));
      }
      assert.ok(!(await agrees(inBlocks("123456780", 4), { algorithm, value })));
    });

    it(`${algorithm} is found in S3's headers`, () => {
      const headers = new Headers({ [`x-amz-checksum-${algorithm}`]: value });
      assert.deepEqual(checksumIn(headers), { algorithm, value });
    });
  }

  it("takes no checksum that is of the parts, none it cannot compute, and none at all for none", () => {
    const composite = { "x-amz-checksum-crc32": "NSRBwg==", "x-amz-checksum-type": "COMPOSITE" };
    assert.equal(checksumIn(new Headers(composite)), undefined);
    assert.equal(checksumIn(new Headers({ "x-amz-checksum-sha256": "abc-3" })), undefined);
    assert.equal(checksumIn(new Headers({ "x-amz-checksum-crc32c": "4waSgw==" })), undefined);
    assert.equal(checksumIn(new Headers()), undefined);
  });
});

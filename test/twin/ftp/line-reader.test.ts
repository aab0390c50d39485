import assert from "node:assert/strict";
import fc from "fast-check";
import { LineReader } from "../../../twin/ftp/line-reader";

function read(...chunks: (string | Buffer)[]): string[] {
  const reader = new LineReader();
  return chunks.flatMap((chunk) =>
    [...reader.push(Buffer.from(chunk as string))].map((line) =>
      line.kind === "line" ? line.text : `<${line.kind}>`,
    ),
  );
}

describe("LineReader", () => {
  it("ends lines at CRLF, at LF and at LF after several CRs", () => {
    assert.deepEqual(read("NOOP\r\nPWD\nSYST\r\r\n"), ["NOOP", "PWD", "SYST"]);
  });

  it("keeps a lone CR in the line", () => {
    assert.deepEqual(read("NOOP\rSYST\r\n"), ["NOOP\rSYST"]);
  });

  it("gives an empty line for an empty line", () => {
    assert.deepEqual(read("\r\n\n"), ["", ""]);
  });

  it("waits for the rest of a line", () => {
    assert.deepEqual(read("US", "ER u", "\r", "\nPA"), ["USER u"]);
  });

  it("makes the same lines of the same bytes however they are cut", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 40 })
      .map((s) => s.replace(/[\r\n]/g, ""));
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.nat(200)), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
        at.sort((a, b) => a - b);
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        assert.deepEqual(read(...chunks), lines);
      }),
    );
  });

  it("takes 1024 bytes with the line end and no more", () => {
    assert.deepEqual(read(`${"a".repeat(1022)}\r\n`), ["a".repeat(1022)]);
    assert.deepEqual(read(`${"a".repeat(1023)}\r\n`), ["<too-long>"]);
  });

  it("reports a long line only when it ends, and holds no more of it than the limit", () => {
    assert.deepEqual(read(...Array<string>(50).fill("a".repeat(1000))), []);
    assert.deepEqual(read(...Array<string>(50).fill("a".repeat(1000)), "\n"), ["<too-long>"]);
  });

  it("drops the rest of the chunk behind a line that is not UTF-8", () => {
    const shiftJis = Buffer.from([0x53, 0x54, 0x4f, 0x52, 0x20, 0x93, 0xfa, 0x0d, 0x0a]);
    assert.deepEqual(read(Buffer.concat([shiftJis, Buffer.from("PWD\r\n")]), "NOOP\r\n"), [
      "<not-utf8>",
      "NOOP",
    ]);
  });

  it("takes a UTF-8 sequence that is split over two chunks", () => {
    const bytes = Buffer.from("STOR 日本.txt\r\n");
    assert.deepEqual(read(bytes.subarray(0, 6), bytes.subarray(6)), ["STOR 日本.txt"]);
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";

import { readText } from "../../../cli/users/read-text";
import { temporaryFolder } from "./support";

describe("readText", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const read = (bytes: Buffer, encoding?: string) => {
    const file = folder.path("users.csv");
    fs.writeFileSync(file, bytes);
    return readText(file, encoding);
  };
  const shiftJis = Buffer.from([0x89, 0xf1, 0x90, 0xfc]);

  it("reads UTF-8 and UTF-16 by their marks, without the mark", () => {
    const text = "\ufeffname\n回線";
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.from(text), Buffer.from(text.slice(1)), little, big]) {
      assert.equal(read(bytes), "name\n回線");
    }
    assert.equal(read(Buffer.alloc(0)), "");
  });

  it("reads the encoding that is named", () => {
    assert.equal(read(shiftJis, "shift_jis"), "回線");
  });

  const failed = (message: RegExp) => ({ exitCode: 1, code: "file", message });

  it("refuses other bytes, and names the option for Japanese Windows", () => {
    assert.throws(() => read(shiftJis), failed(/is not UTF-8: .*add --encoding shift_jis\.$/));
  });

  it("refuses bytes that are not of the named encoding, and names of no encoding", () => {
    assert.throws(() => read(shiftJis, "utf-8"), failed(/is not utf-8: name its encoding/));
    assert.throws(() => read(shiftJis, "cp0"), failed(/cannot be read as cp0: name an encoding/));
  });

  it("names a file that is not there", () => {
    const file = folder.path("none.csv");
    assert.throws(() => readText(file), failed(/none\.csv cannot be read: ENOENT/));
  });
});

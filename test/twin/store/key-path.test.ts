import assert from "node:assert/strict";
import { join, sep } from "node:path";
import fc from "fast-check";
import { FileRefusal } from "../../../twin/ftp/service";
import { keyParts } from "../../../twin/store/key-path";

const refused = (error: unknown): boolean =>
  error instanceof FileRefusal && error.code === "invalid-name";

describe("keyParts", () => {
  it("takes a key apart, of a file and of a folder", () => {
    assert.deepEqual(keyParts("a/b c/d.txt"), ["a", "b c", "d.txt"]);
    assert.deepEqual(keyParts("a/b/"), ["a", "b"]);
    assert.deepEqual(keyParts(""), []);
  });

  for (const key of [
    "..",
    "../x",
    "a/../../x",
    "a/..",
    ".",
    "/etc/passwd",
    "a//b",
    "//",
    "/",
    "a\0b",
  ]) {
    it(`refuses ${JSON.stringify(key)}`, () => {
      assert.throws(() => keyParts(key), refused);
    });
  }

  it("refuses more bytes than S3 takes", () => {
    assert.equal(keyParts("日".repeat(341)).length, 1);
    assert.throws(() => keyParts("日".repeat(342)), refused);
  });

  for (const key of ["a\\b", "a:b", "nul", "COM1.txt", "ends.", "ends ", "a?"]) {
    it(`refuses ${JSON.stringify(key)} on Windows alone`, () => {
      assert.deepEqual(keyParts(key, "linux"), [key]);
      assert.throws(() => keyParts(key, "win32"), refused);
    });
  }

  it("never leads out of the folder it is joined to", () => {
    const part = fc.constantFrom("..", ".", "", "a", "b", " ", "\0", "...", "日本");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        try {
          const path = join("/root", ...keyParts(parts.join("/")));
          assert.ok(path === `${sep}root` || path.startsWith(`${sep}root${sep}`), path);
        } catch (error) {
          assert.ok(refused(error), String(error));
        }
      }),
    );
  });
});

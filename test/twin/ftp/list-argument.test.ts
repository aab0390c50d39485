import assert from "node:assert/strict";
import { parseListArgument, PatternInFolder } from "../../../twin/ftp/list-argument";

const cases: [argument: string | undefined, path: string, pattern?: string, options?: string][] = [
  [undefined, "./"],
  ["-la", "./", undefined, "la"],
  ["-l -a sub dir", "sub dir", undefined, "la"],
  ["  x", "x"],
  ["x -a", "x -a"],
  ["-", "./"],
  ["*", "./"],
  ["*.txt", "./", "*.txt"],
  ["/a/*.txt", "/a/", "*.txt"],
  ["/a/b/", "/a/b/"],
  ["a/[x]", "a/", "[x]"],
];

describe("parseListArgument", () => {
  for (const [argument, path, pattern, options = ""] of cases) {
    it(`reads ${JSON.stringify(argument)}`, () => {
      assert.deepEqual(parseListArgument(argument), { path, pattern, options });
    });
  }

  it("refuses a pattern in a folder part", () => {
    assert.throws(() => parseListArgument("*/x"), PatternInFolder);
    assert.throws(() => parseListArgument("*/*.txt"), PatternInFolder);
  });
});

import assert from "node:assert/strict";

import { readWords } from "../../../twin/reads/cli-words";

describe("twin/reads/cli-words", () => {
  const words = readWords(["vpg", "get", "--vpg-id", "vpg-1", "--flag"]);

  it("names the operation", () => assert.equal(words.operation, "vpg get"));

  it("gives the value of a flag; nothing for one without a value, or that is missing", () => {
    assert.deepEqual(
      [words.flag("vpg-id"), words.flag("flag"), words.flag("none")],
      ["vpg-1", "", ""],
    );
  });
});

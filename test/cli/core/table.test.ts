import assert from "node:assert/strict";

import { formatTable } from "../../../cli/core/table";

describe("formatTable", () => {
  it("makes columns as wide as their content, without trailing blanks", () => {
    assert.equal(
      formatTable(
        ["a", "long head", "c"],
        [
          ["1", "2", "3"],
          ["wide cell", "", ""],
        ],
      ),
      "a          long head  c\n1          2          3\nwide cell\n",
    );
  });

  it("has any number of rows", () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [`dev-${index}`]);
    assert.equal(formatTable(["name"], rows).split("\n").length, 200_002);
  });
});

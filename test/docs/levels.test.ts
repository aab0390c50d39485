import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { codeSpans, readDocument, parseDocument, tableRows } from "./markdown";

describe("docs/testing.md", () => {
  it("has every folder of test/ in its table of levels", () => {
    const rows = tableRows(readDocument("docs/testing.md"), "level");
    const named = rows.flatMap(([, where]) => codeSpans(parseDocument("", where)));
    const folders = fs
      .readdirSync(path.join(root, "test"), { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => `test/${name}/`)
      // What tests are helped by, and what they compare with.
      .filter((folder) => !["test/support/", "test/golden/"].includes(folder));
    assert.ok(folders.length > 10);
    assert.deepEqual(
      folders.filter((folder) => !named.includes(folder)),
      [],
    );
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { shellLines } from "./commands";
import { Document, headings, parseDocument, readDocument } from "./markdown";

/** Where a translation differs from the original: depths of headings, and commands. */
function differences(original: Document, translation: Document): string[] {
  const shape = (document: Document) => [
    `headings ${headings(document).map(({ depth }) => depth)}`,
    // Comments are translated, commands are not.
    ...shellLines(document).map((line) => line.replace(/\s+#\s.*$/, "")),
  ];
  const [expected, actual] = [shape(original), shape(translation)];
  return [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `missing: ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `only there: ${line}`),
  ];
}

describe("README.ja.md", () => {
  it("has the headings and the commands of README.md", function () {
    if (!fs.existsSync(path.join(root, "README.ja.md"))) {
      console.log("      README.ja.md is not written yet: nothing to compare");
      this.skip();
    }
    assert.deepEqual(differences(readDocument("README.md"), readDocument("README.ja.md")), []);
  });

  it("is compared by depth of headings and by command", () => {
    const original = parseDocument("a", "# A\n\n## B\n\n```sh\nnpm ci # first\nnpm start\n```\n");
    const same = parseDocument("b", "# あ\n\n## い\n\n```sh\nnpm ci # 最初\nnpm start\n```\n");
    const other = parseDocument("c", "# あ\n\n```sh\nnpm ci\nnpm test\n```\n");
    assert.deepEqual(differences(original, same), []);
    assert.deepEqual(differences(original, other), [
      "missing: headings 1,2",
      "missing: npm start",
      "only there: headings 1",
      "only there: npm test",
    ]);
  });
});

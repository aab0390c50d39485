import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import {
  anchors,
  codeSpans,
  documents,
  headings,
  links,
  parseDocument,
  readDocument,
} from "./markdown";

/** What is wrong with a link of a document, or undefined. */
function fault(file: string, target: string): string | undefined {
  if (/^https?:/.test(target)) {
    const url = URL.canParse(target) ? new URL(target) : undefined;
    return url?.hostname.includes(".") ? undefined : `${target} is no address`;
  }
  const [to, anchor] = target.split("#");
  const place = to === "" ? file : path.normalize(path.join(path.dirname(file), to));
  if (!fs.existsSync(path.join(root, place))) return `${target}: no ${place}`;
  if (anchor === undefined) return undefined;
  return anchors(readDocument(place)).has(anchor) ? undefined : `${target}: no such heading`;
}

/** Folders of the project that paths in code spans begin with. */
const folders = fs
  .readdirSync(root, { withFileTypes: true })
  .filter(
    (each) => each.isDirectory() && !each.name.startsWith(".") && each.name !== "node_modules",
  )
  .map(({ name }) => name);

/** Code spans that are paths of the project, without the arguments of a command line. */
function paths(spans: readonly string[]): string[] {
  return spans
    .map((span) => span.split(/[ :]/)[0])
    .filter((span) => /^[\w.-]+\/[\w./-]*$/.test(span) && folders.includes(span.split("/")[0]));
}

describe("links and paths of the documents", () => {
  for (const document of documents()) {
    it(`${document.file}: every link leads somewhere`, () => {
      const faults = links(document).flatMap((target) => fault(document.file, target) ?? []);
      assert.deepEqual(faults, []);
    });

    it(`${document.file}: every path of the project is there`, () => {
      const made = ["users/"]; // Also the prefix of homes in the bucket.
      const missing = paths(codeSpans(document)).filter(
        (each) =>
          !fs.existsSync(path.join(root, each)) && !made.some((start) => each.startsWith(start)),
      );
      // docs/architecture.md writes paths inside the twin as seen from there.
      assert.deepEqual(
        missing.filter((each) => !fs.existsSync(path.join(root, "twin", each))),
        [],
      );
    });
  }

  it("a missing file, a missing heading and a broken address are reported", () => {
    assert.match(fault("README.md", "docs/nothing.md") ?? "", /no docs\/nothing.md/);
    assert.match(fault("README.md", "docs/twin.md#nothing") ?? "", /no such heading/);
    assert.match(fault("README.md", "https://nowhere") ?? "", /no address/);
    assert.equal(fault("docs/users.md", "twin.md#faults"), undefined);
    assert.deepEqual(paths(["test/golden/", "cli/start/main.ts --json", "s3/x", "aws:region"]), [
      "test/golden/",
      "cli/start/main.ts",
    ]);
  });

  it("headings inside code are none, and a second of the same name is numbered", () => {
    const document = parseDocument("x.md", "# A b\n\n```sh\n# no\n```\n\n## A b\n");
    assert.deepEqual(
      headings(document).map(({ text }) => text),
      ["A b", "A b"],
    );
    assert.deepEqual([...anchors(document)], ["a-b", "a-b-1"]);
  });
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";

/**
 * Words that read as literary or private where AWS's and Pulumi's documents have a plain one. They are not
 * forbidden; a text full of them is.
 */
const unusual = {
  "tell, told": /\b(tells?|told)\b/gi,
  "somebody, nobody": /\b(some|no|any)body\b/gi,
  "look at": /\b(looks?|looked|looking) at\b/gi,
  beside: /\bbeside\b/gi,
  anew: /\banew\b/gi,
  mend: /\bmend(s|ed|ing)?\b/gi,
  whoever: /\bwho(so)?ever\b/gi,
  "in vain": /\bin vain\b/gi,
  "says, said": /\b(says|said)\b/gi,
  "at once": /\bat once\b/gi,
  "by hand": /\bby hand\b/gi,
  "for good": /\bfor good\b/gi,
  "on the way": /\b(on|in) the way\b/gi,
};
const mostPerThousandLines = 0.2;

function sources(): string[] {
  const list = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  return list
    .split("\0")
    .filter((file) => /\.(ts|cts|mts|js|cjs|mjs|md|ya?ml|html|css)$/.test(file))
    .filter((file) => file !== "test/docs/english.test.ts" && fs.existsSync(path.join(root, file)));
}

describe("the English of sources and documents", () => {
  const texts = sources().map((file) => ({
    file,
    text: fs.readFileSync(path.join(root, file), "utf8"),
  }));
  const lines = texts.reduce((sum, { text }) => sum + text.split("\n").length, 0);

  for (const [word, pattern] of Object.entries(unusual)) {
    it(`uses "${word}" less than ${mostPerThousandLines} times in 1,000 lines`, () => {
      const found = texts.flatMap(({ file, text }) =>
        text
          .split("\n")
          .flatMap((line, i) => (line.match(pattern) ?? []).map(() => `${file}:${i + 1}`)),
      );
      const most = Math.floor((mostPerThousandLines * lines) / 1000);
      assert.ok(found.length <= most, `${found.length} of at most ${most}: ${found.join(" ")}`);
    });
  }
});

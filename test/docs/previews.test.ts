import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { shorten } from "../engine/compare-previews";
import { settingChanges, untriedSettings } from "../engine/setting-changes";
import { root } from "../support/stack-values";

describe("docs/testing.md, previews compared with updates", () => {
  const text = fs.readFileSync(path.join(root, "docs", "testing.md"), "utf8");
  const [, section] = /^## Previews compared with updates\n([^]*?)^## /m.exec(text)!;
  const rows = section
    .split("\n")
    .filter((line) => /^\| \w+ +\| `/.test(line))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

  it("has each change that the bench makes, in its order", () => {
    assert.deepEqual(
      rows.map(([setting]) => setting),
      settingChanges.map(({ key }) => key),
    );
    for (const [index, { key, set }] of settingChanges.entries()) {
      // Others are of the machine: a file, or a VPC that is made for the change.
      if (set[key] === "") continue;
      assert.equal(rows[index][1], `\`${shorten(set[key])}\``);
    }
  });

  it("has no differences, and as many changes in the update as in the preview", () => {
    for (const [setting, , preview, update, differences] of rows) {
      assert.deepEqual([Number(preview) > 0, update, differences], [true, preview, "0"], setting);
    }
  });

  it("names the settings that no change tries", () => {
    for (const key of Object.keys(untriedSettings)) assert.ok(section.includes(`\`${key}\``), key);
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { rules, stackRules } from "../../../policies/rules";
import { root } from "../../support/golden";

describe("policies/rules", () => {
  it("has every rule of the folder, each under a name of its own", () => {
    const folder = path.join(root, "policies", "rules");
    const declared = fs
      .readdirSync(folder)
      .map((file) => fs.readFileSync(path.join(folder, file), "utf8"))
      .flatMap((text) => [
        ...text.matchAll(/^export const \w+: (?:Stack)?Rule = \{\n {2}name: "(.*)"/gm),
      ])
      .map(([, name]) => name);
    const names = [...rules, ...stackRules].map(({ name }) => name);
    assert.deepEqual([...names].sort(), [...declared].sort());
    assert.equal(new Set(names).size, names.length);
  });
});

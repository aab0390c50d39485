import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { rules, stackRules } from "../../../policies/rules";
import { root } from "../../support/golden";

describe("policies/rules", () => {
  it("has every rule of the folder, each under a name of its own", async () => {
    const folder = path.join(root, "policies", "rules");
    const modules = fs
      .readdirSync(folder)
      .map((file) => import(path.join(folder, file)) as Promise<Record<string, unknown>>);
    const exported = (await Promise.all(modules)).flatMap((module) => Object.values(module));
    const isRule = (value: unknown): value is { readonly name: string } =>
      typeof value === "object" && value !== null && "name" in value && "check" in value;
    const declared = exported.filter(isRule).map(({ name }) => name);
    const names = [...rules, ...stackRules].map(({ name }) => name);
    assert.deepEqual([...names].sort(), [...declared].sort());
    assert.equal(new Set(names).size, names.length);
  });
});

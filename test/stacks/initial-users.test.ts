import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { initialUsers } from "../../stacks/initial-users";

describe("stacks/initial-users", () => {
  const { warn } = pulumi.log;
  const warnings: string[] = [];
  before(() => {
    (pulumi.log as { warn: unknown }).warn = (text: string) => void warnings.push(text);
  });
  after(() => {
    (pulumi.log as { warn: unknown }).warn = warn;
  });

  it("are one record per user, with warnings of what devices do not accept", () => {
    const users = [
      { name: "camera01", password: "k3Jd82hsQp0xYtz" },
      { name: "Camera_of_the_gate", password: "short" },
    ];
    const names = initialUsers("canal-ftp/dev", users).map(({ name }) => name);
    assert.deepEqual(names, ["camera01", "Camera_of_the_gate"]);
    assert.equal(warnings.length, 2, warnings.join("\n"));
    assert.match(warnings[0], /^User Camera_of_the_gate: some devices accept only names/);
    assert.match(warnings[1], /fewer than 8 characters/);
    assert.doesNotMatch(warnings.join(), /short/);
  });
});

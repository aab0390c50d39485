import assert from "node:assert/strict";

import { checkLogin } from "../../stacks/login-config";
import { Mistakes } from "../../stacks/mistakes";
import type { SiteValues } from "../../stacks/site-schema";

function linesOf(values: Partial<SiteValues>): string[] {
  const mistakes = new Mistakes();
  checkLogin(values, mistakes);
  return mistakes.lines;
}

describe("stacks/login-config", () => {
  it("locks a name everywhere no earlier than at one address", () => {
    assert.deepEqual(linesOf({ lockoutFailures: 5, lockoutUserFailures: 5 }), []);
    assert.match(linesOf({ lockoutFailures: 5, lockoutUserFailures: 4 })[0], /at least .* 5$/);
  });

  it("checks nothing about a value that is missing because it is wrong", () => {
    assert.deepEqual(linesOf({ lockoutFailures: 5 }), []);
    assert.deepEqual(linesOf({ lockoutUserFailures: 4 }), []);
  });

  it("has users in the configuration only with a table", () => {
    const users = [{ name: "cam", password: "k3Jd82hsQp0xYtz" }];
    assert.deepEqual(linesOf({ userStore: "dynamodb", users }), []);
    assert.deepEqual(linesOf({ userStore: "secretsmanager", users: [] }), []);
    assert.match(
      linesOf({ userStore: "secretsmanager", users })[0],
      /^canal-ftp:users: allowed: none/,
    );
  });
});

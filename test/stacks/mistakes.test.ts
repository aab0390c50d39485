import assert from "node:assert/strict";

import { describeMistakes, Mistakes } from "../../stacks/mistakes";

describe("stacks/mistakes", () => {
  it("has a line per mistake, with what was given unless it is hidden", () => {
    const mistakes = new Mistakes();
    mistakes.add("canal-ftp:vpcCidr", "8.8.8.0/24", "a private block");
    mistakes.add("canal-ftp:users", undefined, "a password");
    mistakes.add("canal-ftp:users", undefined, "a password");
    assert.deepEqual(mistakes.lines, [
      'canal-ftp:vpcCidr: "8.8.8.0/24" given; allowed: a private block',
      "canal-ftp:users: allowed: a password",
    ]);
  });

  it("counts them in one message", () => {
    assert.equal(
      describeMistakes("dev", ["a"]),
      "Pulumi.dev.yaml has 1 mistake; nothing was created:\n  a",
    );
    assert.match(
      describeMistakes("dev", ["a", "b"]),
      /^Pulumi\.dev\.yaml has 2 mistakes;.*\n {2}a\n {2}b$/,
    );
  });
});

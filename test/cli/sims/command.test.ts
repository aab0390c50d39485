import assert from "node:assert/strict";

import { runCli } from "../../support/cli-context";
import { id } from "./support";

describe("canal-ftp sims", () => {
  const misused: [what: string, argv: string[], message: RegExp][] = [
    ["a misspelt option", ["attach", "--fil", "x", "--stack", "dev"], /Did you mean --file\?/],
    ["a misspelt sub-command", ["atach", id(1)], /Did you mean attach\?/],
    ["no SIM", ["attach", "--stack", "dev"], /Give SIM ids, or a file/],
    ["an invalid SIM id", ["attach", "123", "--stack", "dev"], /123: a SIM id has 18 to 22 digits/],
    ["--all with a SIM", ["detach", "--all", id(1), "--stack", "dev"], /no SIM and no --file/],
    ["--all with a file", ["detach", "--all", "--file", "x", "--stack", "dev"], /no --file/],
    ["a rate of 0", ["attach", id(1), "--rate", "0", "--stack", "dev"], /from 0\.1 to 1000/],
    ["half a SIM", ["attach", "--parallel", "0.5", "--stack", "dev"], /A whole number/],
    ["an unknown stack", ["list", "--stack", "nix"], /Allowed choices are dev, prod/],
  ];
  for (const [what, argv, message] of misused) {
    it(`rejects ${what} with exit code 2`, async () => {
      const { code, stdout, stderr } = await runCli(["sims", ...argv]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      const asJson = await runCli(["sims", ...argv, "--json"]);
      assert.match(asJson.document<{ error: { message: string } }>().error.message, message);
    });
  }
});

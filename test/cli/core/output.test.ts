import assert from "node:assert/strict";

import { Output } from "../../../cli/core/output";
import { cliContext } from "../../support/cli-context";

describe("Output", () => {
  it("prints a result as lines or as one JSON document, and warnings to standard error", () => {
    let [stdout, stderr] = ["", ""];
    const context = cliContext({
      out: (text) => (stdout += text),
      error: (text) => (stderr += text),
    });
    new Output(context, false).result({ added: 1 }, ["1 added.", "Done."]);
    const json = new Output(context, true);
    json.result({ added: 1 }, ["1 added."]);
    json.warn("old");
    assert.equal(stdout, '1 added.\nDone.\n{"added":1}\n');
    assert.equal(stderr, "Warning: old\n");
  });
});

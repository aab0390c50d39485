import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { wantsColour } from "../../../cli/core/colours";
import { root } from "../../support/golden";

describe("core/colours", () => {
  it("are for a terminal, unless the environment sets it", () => {
    assert.equal(wantsColour({}, true), true);
    assert.equal(wantsColour({}, false), false);
    assert.equal(wantsColour({ TERM: "dumb" }, true), false);
    assert.equal(wantsColour({ NO_COLOR: "1" }, true), false);
    assert.equal(wantsColour({ NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
    assert.equal(wantsColour({ FORCE_COLOR: "1" }, false), true);
    assert.equal(wantsColour({ FORCE_COLOR: "0" }, true), false);
  });

  it("are not in redirected output, not in CI either", () => {
    const script = `console.log(require("./cli/core/colours").colours.red("x"))`;
    const { NO_COLOR, FORCE_COLOR, ...rest } = process.env;
    const { stdout } = spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
      cwd: root,
      encoding: "utf8",
      env: { ...rest, CI: "true" },
    });
    assert.equal(stdout, "x\n", `NO_COLOR ${NO_COLOR}, FORCE_COLOR ${FORCE_COLOR}`);
  });
});

import assert from "node:assert/strict";

import { openTarget } from "../../../cli/sims/target";
import { testKeys } from "../../soracom/lab";
import { cliContext, noProgram } from "../../support/cli-context";
import { desired } from "../status/support";
import { printing } from "../core/support";

describe("openTarget", () => {
  const env = { ...testKeys };
  const options = { stack: "dev", rate: 5 };

  it("takes the group of the stack's outputs", async () => {
    const ran: string[] = [];
    const context = cliContext({
      env,
      runProgram: (program, args) => {
        ran.push([program, ...args].join(" "));
        return Promise.resolve(printing(desired.outputs));
      },
    });
    assert.equal((await openTarget(options, context)).groupId, "group-1");
    assert.deepEqual(ran, ["pulumi stack output --json --stack dev"]);
  });

  it("takes the given group, without pulumi", async () => {
    const context = cliContext({ env, runProgram: noProgram });
    assert.equal((await openTarget({ ...options, group: "group-2" }, context)).groupId, "group-2");
  });

  it("prints the driver's messages on request only", async () => {
    for (const [verbose, printed] of [
      [true, "retrying\n"],
      [false, ""],
    ] as const) {
      let stderr = "";
      const context = cliContext({ env, error: (text) => (stderr += text) });
      const { job } = await openTarget({ ...options, group: "group-2", verbose }, context);
      job.control.log("retrying");
      assert.equal(stderr, printed);
    }
  });
});

import assert from "node:assert/strict";

import { readDesiredState } from "../../../cli/status/desired-state";
import { printing } from "../core/support";
import { folderWith } from "../support";
import { cliContext } from "../../support/cli-context";
import { desired } from "./support";

describe("readDesiredState", () => {
  const read = (config: Record<string, unknown>) =>
    folderWith(config, (root) =>
      readDesiredState(
        "dev",
        cliContext({ root, runProgram: () => Promise.resolve(printing(desired.outputs)) }),
      ),
    );

  it("joins the configuration and the outputs", async () => {
    const { region, canal, outputs, file } = await read({});
    assert.deepEqual(
      [region, canal.coverage, outputs, file.stack],
      ["ap-northeast-1", "jp", desired.outputs, "dev"],
    );
  });

  it("rejects every mistake of the configuration in one message", async () => {
    const config = { "canal-ftp:vpcCidr": "x", "canal-ftp:deviceCidr": "y" };
    await assert.rejects(read(config), /deviceCidr[^]*vpcCidr/);
  });

  it("rejects a stack without Canal", async () => {
    const config = { "canal-ftp:canal": "none", "canal-ftp:allowedCidr": "10.0.0.0/8" };
    await assert.rejects(read(config), /^UserError: Stack dev has no Canal/);
  });
});

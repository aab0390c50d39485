import assert from "node:assert/strict";

import { canalOutputs, readAllOutputs, readOutputs, readStackFile } from "../../../cli/core/stack";
import { noProgram } from "../../support/cli-context";
import { desired } from "../status/support";
import { folderWith } from "../support";
import { printing } from "./support";

describe("readStackFile", () => {
  it("returns the project's own values, and the provider's settings", async () => {
    const config = {
      "canal-ftp:coverage": "g",
      "aws:profile": "camera",
      "aws:allowedAccountIds": ["123456789012"],
    };
    await folderWith(config, (root) => {
      const file = readStackFile(root, "dev");
      assert.deepEqual(
        [file.project, file.stack, file.region, file.awsProfile, file.allowedAccountIds],
        ["canal-ftp", "dev", "ap-northeast-1", "camera", ["123456789012"]],
      );
      assert.equal(file.values.coverage, "g");
      return Promise.resolve();
    });
  });
});

describe("readAllOutputs", () => {
  it("returns what pulumi prints", async () => {
    const runProgram = () => Promise.resolve(printing({ bucket: "files" }));
    assert.deepEqual(await readAllOutputs("dev", { runProgram }), { bucket: "files" });
  });

  it("rejects without pulumi, and with pulumi's last line", async () => {
    await assert.rejects(readAllOutputs("dev", { runProgram: noProgram }), /not on the PATH/);
    const stderr = "warning: old\nerror: no stack named 'dev' found\n";
    const runProgram = () => Promise.resolve({ code: 255, stdout: "", stderr });
    await assert.rejects(
      readAllOutputs("dev", { runProgram }),
      /^UserError: pulumi does not return the outputs of stack dev: error: no stack named 'dev' found$/,
    );
  });
});

describe("canalOutputs", () => {
  it("returns the outputs of Canal", async () => {
    const runProgram = () => Promise.resolve(printing(desired.outputs));
    assert.deepEqual(await readOutputs("dev", { runProgram }), desired.outputs);
  });

  it("rejects a stack without Canal, and one of an older program", () => {
    assert.throws(() => canalOutputs("dev", {}), /has no outputs of Canal: it is not deployed yet/);
    const older = { ...desired.outputs, routeTableIds: undefined };
    assert.throws(
      () => canalOutputs("dev", older),
      /has no output routeTableIds: .* Run pulumi up -s dev once/,
    );
  });
});

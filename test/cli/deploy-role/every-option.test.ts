import assert from "node:assert/strict";

import { everyOption } from "../../../cli/deploy-role/every-option";
import { contractStacks } from "../../contract/stacks";
import { evaluateStack } from "../../support/golden";

describe("deploy role: every option", function () {
  this.timeout(180_000);

  it("creates every resource type that a configuration creates", async () => {
    const { resources } = await evaluateStack("dev", everyOption("canal-ftp"));
    const complete = new Set(resources.map(({ type }) => type));
    for (const [name, evaluate] of Object.entries(contractStacks)) {
      const types = (await evaluate()).resources.map(({ type }) => type);
      assert.deepEqual(
        types.filter((type) => !complete.has(type)),
        [],
        name,
      );
    }
  });
});

import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { program } from "../../stacks/program";
import { evaluateStack, goldenStacks } from "../support/golden";
import { stackValues } from "../support/stack-values";

/** Registers the stack as the first preview does, where no resource exists and nothing has an output yet. */
async function preview(stack: string): Promise<string[]> {
  const registered: string[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        registered.push(args.name);
        return { id: undefined, state: {} };
      },
      // The account's zones can be read before anything exists.
      call: ({ token }) =>
        token.endsWith("getAvailabilityZones")
          ? { names: ["a", "b", "c"].map((letter) => `ap-northeast-1${letter}`) }
          : { ids: [] },
    },
    "canal-ftp",
    stack,
    true,
  );
  const { values } = stackValues(stack);
  pulumi.runtime.setAllConfig(values);
  try {
    await pulumi.runtime.runInPulumiStack(async () => program());
  } finally {
    await pulumi.runtime.disconnect();
  }
  return registered;
}

describe("stacks, in the first preview", () => {
  for (const stack of goldenStacks) {
    it(`${stack} shows every resource that up would make`, async () => {
      const shown = await preview(stack);
      const { resources } = await evaluateStack(stack);
      const made = resources
        .filter(({ parent, name }) => !parent?.startsWith("awsx:") && !name.includes("user-camera"))
        .map(({ name }) => name);
      const missing = made.filter((name) => !shown.includes(name));
      assert.deepEqual(missing, []);
    });
  }
});

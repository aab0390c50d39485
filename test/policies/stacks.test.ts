import assert from "node:assert/strict";

import { rules, stackRules } from "../../policies/rules";
import type { CheckedResource } from "../../policies/rules/rule";
import type { Resource } from "../../lib/stack/resource";
import { evaluateStack, goldenStacks } from "../support/golden";

const registered = (resource: Resource): CheckedResource => ({
  ...resource,
  properties: resource.inputs,
});

const made = (resource: Resource): CheckedResource => ({
  ...resource,
  properties: { ...resource.inputs, ...resource.outputs },
});

describe("policies, over the stacks", () => {
  for (const stack of goldenStacks) {
    it(`${stack} keeps every rule`, async () => {
      const { resources } = await evaluateStack(stack);
      const single = rules.flatMap((rule) =>
        resources.flatMap((resource) =>
          rule
            .check(registered(resource))
            .map((message) => `${rule.name}: ${resource.name} ${message}`),
        ),
      );
      const whole = stackRules.flatMap((rule) =>
        rule
          .check(resources.map(made))
          .map(({ resource, message }) => `${resource.name} ${message}`),
      );
      assert.deepEqual([...single, ...whole], []);
    });
  }
});

/**
 * The policy pack: `pulumi preview --policy-pack policies`. The rules are in rules/, as plain functions; this only
 * serves them, because a PolicyPack opens a server as soon as it is made.
 */
import * as policy from "@pulumi/policy";

import { rules, stackRules } from "./rules";
import type { CheckedResource } from "./rules/rule";

new policy.PolicyPack("canal-ftp", {
  policies: [
    ...rules.map(({ name, description, check }): policy.ResourceValidationPolicy => ({
      name,
      description,
      enforcementLevel: "mandatory",
      validateResource: (args, report) => {
        for (const message of check(checked(args))) report(`${args.name} ${message}`);
      },
    })),
    ...stackRules.map(({ name, description, check }): policy.StackValidationPolicy => ({
      name,
      description,
      enforcementLevel: "mandatory",
      validateStack: ({ resources }, report) => {
        const urns = new Map(resources.map((resource) => [checked(resource), resource.urn]));
        for (const { resource, message } of check([...urns.keys()])) {
          report(`${resource.name} ${message}`, urns.get(resource));
        }
      },
    })),
  ],
});

type Given = Pick<policy.PolicyResource, "type" | "name" | "props" | "opts">;

function checked({ type, name, props, opts }: Given): CheckedResource {
  return { type, name, properties: props, secrets: secretsOf(props), protect: opts.protect };
}

/** Reading a property takes the secret's wrapping off; its descriptor still has it. */
function secretsOf(props: Record<string, unknown>): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(props))
    .filter(([, { value }]) => value instanceof policy.Secret)
    .map(([name]) => name);
}

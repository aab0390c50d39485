/**
 * The policy pack: `pulumi preview --policy-pack policies`. The rules are plain functions in rules/. This file only
 * serves them, because a PolicyPack starts a server when it is constructed.
 */
import * as policy from "@pulumi/policy";

import { rules, stackRules } from "./rules";
import type { CheckedResource } from "./rules/rule";
import { noPlainSecret } from "./rules/secrets";

/** A pack receives secrets in plain text without a mark: only the tests can check that rule. */
const servable = rules.filter((rule) => rule !== noPlainSecret);

new policy.PolicyPack("canal-ftp", {
  policies: [
    ...servable.map(({ name, description, check }): policy.ResourceValidationPolicy => ({
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
  return { type, name, properties: props, secrets: [], protect: opts.protect };
}

import { isEveryone, servicesOf, Statement, statementsOf } from "./documents";
import type { Rule } from "./rule";

/** Services that use a role for resources of the role's own account only. */
const actsForItsOwnAccount: Record<string, string> = {
  "lambda.amazonaws.com": "a function can have a role of its own account only",
};

/** No resource of another account can make an AWS service use a role of the stack (confused deputy). */
export const narrowTrust: Rule = {
  name: "trust-names-account-and-source",
  description: "Trust policies for a service name the account and the resource it may act for.",
  check(resource) {
    if (resource.type === "aws:lambda/permission:Permission") {
      const { principal, sourceArn } = resource.properties;
      return sourceArn ? [] : [`permits any resource of ${String(principal)} to call the function`];
    }
    if (resource.type !== "aws:iam/role:Role") return [];
    return statementsOf(resource)
      .filter(({ allows }) => allows)
      .flatMap(mistakesIn);
  },
};

function mistakesIn(statement: Statement): string[] {
  if (isEveryone(statement)) return ["can be assumed by everyone"];
  const keys = statement.conditions
    .filter(
      ({ operator, values }) =>
        /Equals|Like/.test(operator) && !/Not/.test(operator) && !values.includes("*"),
    )
    .map(({ key }) => key);
  const missing = ["aws:SourceAccount", "aws:SourceArn"].filter(
    (key) => !keys.includes(key.toLowerCase()),
  );
  return servicesOf(statement)
    .filter((service) => !(service in actsForItsOwnAccount) && missing.length > 0)
    .map((service) => `trusts ${service} without ${missing.join(" and ")}`);
}

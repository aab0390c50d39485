import { meansEverybody, servicesOf, Statement, statementsOf } from "./documents";
import type { Rule } from "./rule";

/** Services that act for a resource of the role's own account only, so that the role itself says whose. */
const actsForItsOwnAccount: Record<string, string> = {
  "lambda.amazonaws.com": "a role can be given to a function of the role's own account only",
};

/** No foreign resource can make an AWS service use a role of the stack (the confused deputy). */
export const narrowTrust: Rule = {
  name: "trust-names-account-and-source",
  description: "Trust in a service names the account and the resource it may act for.",
  check(resource) {
    if (resource.type === "aws:lambda/permission:Permission") {
      const { principal, sourceArn } = resource.properties;
      return sourceArn ? [] : [`lets any resource of ${String(principal)} call the function`];
    }
    if (resource.type !== "aws:iam/role:Role") return [];
    return statementsOf(resource)
      .filter(({ allows }) => allows)
      .flatMap(whatIsOpen);
  },
};

function whatIsOpen(statement: Statement): string[] {
  if (meansEverybody(statement)) return ["can be assumed by everybody"];
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

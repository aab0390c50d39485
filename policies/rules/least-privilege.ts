import { Statement, statementsOf } from "./documents";
import type { Rule } from "./rule";

/** Actions AWS offers no resource for, so that `*` is the only thing that can be written. */
const withoutResources = new Set([
  "cloudwatch:PutMetricData",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
]);

/** What a role may do is written out. */
export const leastPrivilege: Rule = {
  name: "no-wildcard-permissions",
  description: "Permissions name their actions and their resources.",
  check(resource) {
    if (resource.type === "aws:iam/role:Role") return [];
    return statementsOf(resource)
      .filter(({ allows }) => allows)
      .flatMap(whatIsTooMuch);
  },
};

function whatIsTooMuch({ actions, resources, negated }: Statement): string[] {
  const wide = actions.filter((action) => action === "*" || action.endsWith(":*"));
  const needsResource = actions.some((action) => !withoutResources.has(action));
  return [
    ...(negated ? ["allows everything but what it names"] : []),
    ...wide.map((action) => `allows ${action}`),
    ...(needsResource ? resources.filter(isEverything).map((arn) => `allows resource ${arn}`) : []),
  ];
}

/** `*`, and an ARN whose resource is `*`: `arn:aws:s3:::*` is every bucket there is. */
function isEverything(resource: string): boolean {
  return resource === "*" || /^arn:(?:[^:]*:){4}\*/.test(resource);
}

import { Statement, statementsOf } from "./documents";
import type { Rule } from "./rule";

/**
 * Actions for which `*` is the only resource that works: AWS offers none, or requires `*` of a function in a VPC (Lambda
 * developer guide, "Giving Lambda functions access to resources in an Amazon VPC").
 */
const withoutResources = new Set([
  "cloudwatch:PutMetricData",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
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

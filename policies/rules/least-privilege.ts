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

/** Policies list actions and resources explicitly. */
export const leastPrivilege: Rule = {
  name: "no-wildcard-permissions",
  description: "Policies list their actions and resources explicitly.",
  check(resource) {
    if (resource.type === "aws:iam/role:Role") return [];
    return statementsOf(resource)
      .filter(({ allows }) => allows)
      .flatMap(excessOf);
  },
};

function excessOf({ actions, resources, negated }: Statement): string[] {
  const wide = actions.filter((action) => action === "*" || action.endsWith(":*"));
  const needsResource = actions.some((action) => !withoutResources.has(action));
  return [
    ...(negated ? ["allows everything except what it lists"] : []),
    ...wide.map((action) => `allows ${action}`),
    ...(needsResource ? resources.filter(isEverything).map((arn) => `allows resource ${arn}`) : []),
  ];
}

/** `*`, and an ARN whose resource is `*`: `arn:aws:s3:::*` matches every bucket. */
function isEverything(resource: string): boolean {
  return resource === "*" || /^arn:(?:[^:]*:){4}\*/.test(resource);
}

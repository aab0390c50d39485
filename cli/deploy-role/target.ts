import type { DeployTarget } from "./policy";

/**
 * Where a stack is deployed, from its configuration.
 *
 * @param account - The account that was asked for. Default: the only one of aws:allowedAccountIds, otherwise any.
 */
export function deployTarget(
  project: string,
  stack: string,
  values: Readonly<Record<string, string>>,
  account?: string,
): DeployTarget {
  const region = values["aws:region"];
  const allowed = JSON.parse(values["aws:allowedAccountIds"] ?? "[]") as string[];
  const bucket = values[`${project}:bucketName`];
  return {
    partition: region.startsWith("cn-") ? "aws-cn" : "aws",
    region,
    account: account ?? (allowed.length === 1 ? allowed[0] : "*"),
    name: `${project}-${stack}`,
    buckets: bucket ? [bucket] : [],
  };
}

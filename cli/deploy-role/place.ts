import type { Place } from "./policy";

/**
 * Where a stack is deployed, from its configuration.
 *
 * @param account what was asked for; else the only one of aws:allowedAccountIds, else any
 */
export function placeOf(
  project: string,
  stack: string,
  values: Readonly<Record<string, string>>,
  account?: string,
): Place {
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

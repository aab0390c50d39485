import { CheckedResource, fieldsOf, listOf } from "./rule";

/** A statement of a policy document, with its lists as lists. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** With `NotAction` or `NotResource`: everything except those. */
  readonly negated: boolean;
  /** `Principal` as written: `*`, or lists by kind (`Service`, `AWS`). */
  readonly principal: unknown;
  /** Condition values by operator and key, keys in lower case, since IAM ignores their case. */
  readonly conditions: readonly { operator: string; key: string; values: string[] }[];
}

/** The input with the policy document, by resource type. */
const documentInputs: Record<string, string> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:iam/role:Role": "assumeRolePolicy",
};

/** Statements of the resource's policy; none for a resource without a policy. */
export function statementsOf({ type, properties }: CheckedResource): Statement[] {
  const input = documentInputs[type];
  if (input === undefined || properties[input] === undefined) return [];
  const given = properties[input];
  const document = typeof given === "string" ? (JSON.parse(given) as unknown) : given;
  return listOf<Record<string, unknown>>(fieldsOf(document).Statement).map((statement) => ({
    allows: statement.Effect === "Allow",
    actions: listOf(statement.Action),
    resources: listOf(statement.Resource),
    negated: statement.NotAction !== undefined || statement.NotResource !== undefined,
    principal: statement.Principal,
    conditions: Object.entries(fieldsOf(statement.Condition)).flatMap(([operator, keys]) =>
      Object.entries(fieldsOf(keys)).map(([key, values]) => ({
        operator,
        key: key.toLowerCase(),
        values: listOf<unknown>(values).map(String),
      })),
    ),
  }));
}

/** AWS services a statement's principal names. */
export function servicesOf({ principal }: Statement): string[] {
  return listOf(fieldsOf(principal).Service);
}

/** Whether the principal is everyone. */
export function isEveryone({ principal }: Statement): boolean {
  return principal === "*" || listOf(fieldsOf(principal).AWS).includes("*");
}

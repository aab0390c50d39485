/**
 * A function's resource policy, statement by statement. Source: AWS Lambda API Reference, AddPermission; the
 * conditions are those that GetPolicy shows for each field.
 */

/** The fields of an aws.lambda.Permission that make up its statement. */
export interface LambdaPermission {
  readonly statementId?: string;
  readonly action: string;
  /** A service, an account, an IAM ARN or `*`. */
  readonly principal: string;
  /** Version or alias; the permission then applies to that one only. */
  readonly qualifier?: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly principalOrgId?: string;
  readonly eventSourceToken?: string;
  readonly functionUrlAuthType?: string;
  readonly invokedViaFunctionUrl?: boolean;
}

/** A statement of a policy document, in its JSON form. */
export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: "Allow";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The statement that a permission adds to a function's policy.
 *
 * @param functionArn - The unqualified ARN of the function.
 */
export function permissionToStatement(
  permission: LambdaPermission,
  functionArn: string,
): StatementDocument {
  const { statementId, action, principal, qualifier } = permission;
  const condition = conditionOf(permission);
  return {
    ...(statementId ? { Sid: statementId } : {}),
    Effect: "Allow",
    Principal: principalOf(principal),
    Action: action,
    Resource: qualifier ? `${functionArn}:${qualifier}` : functionArn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function principalOf(principal: string): StatementDocument["Principal"] {
  if (principal === "*") return "*";
  const isIam = principal.startsWith("arn:") || /^\d{12}$/.test(principal);
  return isIam ? { AWS: principal } : { Service: principal };
}

function conditionOf(permission: LambdaPermission): Record<string, Record<string, string>> {
  const { invokedViaFunctionUrl } = permission;
  const conditions: readonly [string, string, string | undefined][] = [
    ["ArnLike", "AWS:SourceArn", permission.sourceArn],
    ["StringEquals", "AWS:SourceAccount", permission.sourceAccount],
    ["StringEquals", "aws:PrincipalOrgID", permission.principalOrgId],
    ["StringEquals", "lambda:EventSourceToken", permission.eventSourceToken],
    ["StringEquals", "lambda:FunctionUrlAuthType", permission.functionUrlAuthType],
    ["Bool", "lambda:InvokedViaFunctionUrl", invokedViaFunctionUrl ? "true" : undefined],
  ];
  const result: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of conditions)
    if (value !== undefined) result[operator] = { ...result[operator], [key]: value };
  return result;
}

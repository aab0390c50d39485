import type { AuthorizationRequest, NamedPolicy, RoleSession } from "../../../lib/iam";

export const ACCOUNT = "111122223333";
export const ROLE: RoleSession = {
  type: "role",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/files`,
  sessionName: "camera01.ab12@s-1",
};
export const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/files/camera01.ab12@s-1`;
export const BUCKET = "arn:aws:s3:::uploads";
export const OBJECT = `${BUCKET}/users/camera01/a.jpg`;

/** A policy of one or more statements, with the version that has variables. */
export function policy(source: string, ...statements: object[]): NamedPolicy {
  return { source, document: { Version: "2012-10-17", Statement: statements } };
}

export function allow(more: object = {}): object {
  return { Effect: "Allow", Action: "s3:*", Resource: "*", ...more };
}

export function deny(more: object = {}): object {
  return { Effect: "Deny", Action: "s3:*", Resource: "*", ...more };
}

/** A PutObject of the role's session with no policies, unless said otherwise. */
export function request(more: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    action: "s3:PutObject",
    resource: OBJECT,
    context: {},
    principal: ROLE,
    identityPolicies: [],
    resourcePolicies: [],
    ...more,
  };
}

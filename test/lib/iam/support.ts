import type { AuthorizationRequest, NamedPolicy } from "../../../lib/iam";
import type { RoleSession } from "../../../lib/iam/principal";

export const accountId = "111122223333";
export const roleSession: RoleSession = {
  type: "role",
  roleArn: `arn:aws:iam::${accountId}:role/files`,
  sessionName: "camera01.ab12@s-1",
};
export const roleSessionArn = `arn:aws:sts::${accountId}:assumed-role/files/camera01.ab12@s-1`;
export const bucketArn = "arn:aws:s3:::uploads";
export const objectArn = `${bucketArn}/users/camera01/a.jpg`;

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

/** A PutObject of the role's session with no policies, unless overridden. */
export function request(more: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    action: "s3:PutObject",
    resource: objectArn,
    context: {},
    principal: roleSession,
    identityPolicies: [],
    resourcePolicies: [],
    ...more,
  };
}

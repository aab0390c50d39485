import type { StackSettings } from "./check-stack";
import { projectName } from "./project";

const issuer = "api.pulumi.com/oidc";

/**
 * Trust policy of a stack's role, for deployments of this stack and for users who log in with its ESC environment. The
 * two have different audiences (Pulumi's OIDC guides), so each has a statement.
 */
export function trustPolicy(organization: string, { name, roleArn }: StackSettings): object {
  const [, partition, , , accountId] = roleArn.split(":");
  const statement = (sid: string, audience: string, subject: string) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${issuer}:aud`]: audience },
      StringLike: { [`${issuer}:sub`]: subject },
    },
  });
  return {
    Version: "2012-10-17",
    Statement: [
      statement(
        "Deployments",
        organization,
        `pulumi:deploy:org:${organization}:project:${projectName}:stack:${name}:operation:*:scope:write`,
      ),
      statement(
        "People",
        `aws:${organization}`,
        `pulumi:environments:org:${organization}:env:${projectName}/${awsEnvironment(name)}`,
      ),
    ],
  };
}

/** Name of the ESC environment with the login of a stack's AWS account. */
export const awsEnvironment = (stack: string) => `${stack}-aws`;

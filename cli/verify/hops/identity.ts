import type { Finding } from "../../core/findings";
import { authorize, canAssume, type NamedPolicy } from "../../../lib/iam";
import type { Hop } from "../hop";
import type { RoleView, Server, SiteAws } from "../site-aws";

/** Transfer Family may call the identity provider: the API with the invocation role, or the function directly. */
export const identityHop: Hop = {
  name: "identity provider",
  check: async ({ aws, outputs, stack, config }) => {
    const server = await aws.server(outputs.serverId);
    const { Url, InvocationRole, Function } = server?.IdentityProviderDetails ?? {};
    const restore = `Restore it: pulumi up -s ${stack} --refresh`;
    if (server && Function) return [await checkFunction(aws, server, Function, restore)];
    if (!server || !Url || !InvocationRole) {
      const remedy = `The server has no identity provider. ${restore}`;
      return [{ check: "server", state: "drift", found: "no identity provider", remedy }];
    }
    const name = InvocationRole.slice(InvocationRole.lastIndexOf("/") + 1);
    const role = await aws.role(name);
    const check = "invocation role";
    if (!role) {
      const remedy = `Role ${name}, with which Transfer Family calls the identity provider, no longer exists. ${restore}`;
      return [{ check, state: "drift", found: "does not exist", expected: name, remedy }];
    }
    return checkInvocationRole(server, role, methodArn(server, Url, config.region), restore);
  },
};

/** Whether Transfer Family may assume the role for this server, and the role may call the API. */
export function checkInvocationRole(
  server: Pick<Server, "Arn">,
  role: RoleView,
  method: string,
  restore: string,
): Finding[] {
  const account = server.Arn.split(":")[4];
  const trust = canAssume({
    trustPolicy: { source: `the trust of ${role.name}`, document: JSON.stringify(role.trust) },
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": account, "aws:SourceArn": server.Arn },
  });
  const call = authorize({
    action: "execute-api:Invoke",
    resource: method,
    principal: { type: "role", roleArn: roleArn(server.Arn, role.name), sessionName: "transfer" },
    identityPolicies: policiesOf(role),
  });
  return [
    trust.allowed
      ? { check: "invocation role's trust", state: "ok", found: "Transfer Family, for this server" }
      : {
          check: "invocation role's trust",
          state: "drift",
          found: `denies Transfer Family: ${trust.reason}`,
          remedy: `Transfer Family cannot assume ${role.name}, so it cannot call the identity provider, and every login is refused. ${restore}`,
        },
    call.allowed
      ? { check: "invocation role's policy", state: "ok", found: "may call the API" }
      : {
          check: "invocation role's policy",
          state: "drift",
          found: `may not call the API: ${call.reason}`,
          remedy: `${role.name} may not call the identity provider's API, so every login is refused. ${restore}`,
        },
  ];
}

async function checkFunction(
  aws: SiteAws,
  server: Server,
  functionArn: string,
  restore: string,
): Promise<Finding> {
  const document = await aws.functionPolicy(functionArn);
  const decision = authorize({
    action: "lambda:InvokeFunction",
    resource: functionArn,
    context: { "aws:SourceArn": server.Arn, "aws:SourceAccount": server.Arn.split(":")[4] },
    principal: { type: "service", service: "transfer.amazonaws.com" },
    resourcePolicies: document === undefined ? [] : [{ source: "the function's policy", document }],
  });
  const check = "function's permission";
  if (decision.allowed) return { check, state: "ok", found: "Transfer Family, for this server" };
  const remedy = `The function's policy denies Transfer Family, so every login is refused. ${restore}`;
  return { check, state: "drift", found: `denies: ${decision.reason}`, remedy };
}

/** A role's inline policies, as the evaluation takes them. */
export function policiesOf({ name, policies }: RoleView): NamedPolicy[] {
  return [...policies].map(([policy, document]) => ({
    source: `policy ${policy} of ${name}`,
    document: JSON.stringify(document),
  }));
}

/** A role's ARN, in the account and partition of another ARN. */
export function roleArn(like: string, name: string): string {
  const [, partition, , , account] = like.split(":");
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** ARN of the API method for a login; the user does not matter. */
function methodArn({ Arn }: Server, url: string, region: string): string {
  const [, partition, , , account] = Arn.split(":");
  const { host, pathname } = new URL(url);
  const serverId = Arn.slice(Arn.lastIndexOf("/") + 1);
  return `arn:${partition}:execute-api:${region}:${account}:${host.split(".")[0]}${pathname}/GET/servers/${serverId}/users/any/config`;
}

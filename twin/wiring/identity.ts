import { EvaluatedStack, label, ofType, Resource } from "../evaluation/resource";
import { authorize, canAssume, NamedPolicy, permissionToStatement } from "../iam";
import { routeRequest } from "./api-route";
import { ServerResource, WiringError } from "./find-server";
import type { LoginFunction } from "./login-function";
import { findRole } from "./roles";

/** What the identity provider said of a login, as Transfer Family reads it. */
export interface IdentityAnswer {
  readonly role: string;
  readonly homeDirectoryType: "PATH" | "LOGICAL";
  readonly homeDirectory?: string;
  readonly homeDirectoryDetails?: string;
  readonly policy?: string;
}

/** Refused: the identity provider said no. Broken: it could not be asked, and a resource is to blame. */
export type IdentityResult =
  | { readonly kind: "granted"; readonly answer: IdentityAnswer }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "broken"; readonly reason: string };

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly sourceIp: string;
}

const functionType = "aws:lambda/function:Function";

/** The function that the server's logins end at, whichever way they go. */
export function identityFunction(stack: EvaluatedStack, server: ServerResource): Resource {
  const { identityProviderType, url, function: functionArn } = server.resource.outputs;
  const functions = ofType(stack.resources, functionType);
  const found =
    identityProviderType === "AWS_LAMBDA"
      ? functions.find(({ outputs }) => outputs.arn === functionArn)
      : functions.find(({ outputs }) => outputs.invokeArn === routedTo(stack, server, String(url)));
  if (!found) {
    const what = identityProviderType === "AWS_LAMBDA" ? String(functionArn) : String(url);
    throw new WiringError(`${label(server.resource)}: no function of the stack is behind ${what}.`);
  }
  return found;
}

function routedTo(stack: EvaluatedStack, server: ServerResource, url: string): string {
  const route = routeRequest(
    stack,
    requestOf(server, url, { user: "", password: "", sourceIp: "" }),
  );
  if (typeof route === "string") throw new WiringError(`${label(server.resource)}: ${route}.`);
  return route.invokeArn;
}

/**
 * Asks the identity provider about a login by the way the stack built, each step with the permission AWS would
 * want: invocation role and its trust, the API's method, the function's own policy, the function.
 */
export async function askIdentityProvider(
  stack: EvaluatedStack,
  server: ServerResource,
  provider: { resource: Resource; function: LoginFunction },
  login: Login,
): Promise<IdentityResult> {
  const { outputs } = server.resource;
  if (outputs.identityProviderType === "AWS_LAMBDA") {
    const refusal = invokeRefusal(stack, provider.resource, {
      service: "transfer.amazonaws.com",
      sourceArn: server.arn,
      accountId: accountOf(server.arn),
    });
    if (refusal) return { kind: "broken", reason: refusal };
    const { user: username, password, sourceIp } = login;
    const event = { username, password, protocol: "FTP", serverId: server.serverId, sourceIp };
    return read(() => provider.function.invoke(event));
  }

  const route = routeRequest(stack, requestOf(server, String(outputs.url), login));
  if (typeof route === "string") return { kind: "broken", reason: route };
  const refusal =
    callerRefusal(stack, server, route.methodArn) ??
    invokeRefusal(stack, provider.resource, {
      service: "apigateway.amazonaws.com",
      sourceArn: route.methodArn,
      accountId: accountOf(server.arn),
    });
  if (refusal) return { kind: "broken", reason: refusal };
  return read(async () => {
    const reply = (await provider.function.invoke(route.event)) as ProxyReply;
    if (reply?.statusCode !== 200) throw new Error(`it answered HTTP ${reply?.statusCode}`);
    return JSON.parse(reply.body) as unknown;
  });
}

interface ProxyReply {
  readonly statusCode: number;
  readonly body: string;
}

function requestOf(server: ServerResource, url: string, login: Login) {
  return { url, serverId: server.serverId, protocol: "FTP", ...login };
}

const accountOf = (arn: string) => arn.split(":")[4];

/** Whether Transfer may take the invocation role, and the role may call the method. */
function callerRefusal(
  stack: EvaluatedStack,
  server: ServerResource,
  methodArn: string,
): string | undefined {
  const role = findRole(stack, server.resource.outputs.invocationRole);
  if (!role) return `${label(server.resource)} has an invocationRole that the stack does not make`;
  const trust = canAssume({
    trustPolicy: role.trust,
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": accountOf(server.arn), "aws:SourceArn": server.arn },
  });
  if (!trust.allowed) return `Transfer cannot assume ${label(role.resource)}: ${trust.reason}`;
  const decision = authorize({
    action: "execute-api:Invoke",
    resource: methodArn,
    context: {},
    principal: { type: "role", roleArn: role.arn, sessionName: server.serverId },
    identityPolicies: role.policies,
    resourcePolicies: [],
  });
  return decision.allowed
    ? undefined
    : `${label(role.resource)} may not call the identity provider's API: ${decision.reason}`;
}

/** Whether the function lets the service invoke it for this source. */
function invokeRefusal(
  stack: EvaluatedStack,
  target: Resource,
  caller: { service: string; sourceArn: string; accountId: string },
): string | undefined {
  const functionArn = String(target.outputs.arn);
  const policies: NamedPolicy[] = ofType(stack.resources, "aws:lambda/permission:Permission")
    .filter(({ outputs }) => [target.id, functionArn].includes(String(outputs.function)))
    .map((permission) => {
      const { action, principal } = permission.outputs as { action: string; principal: string };
      const statement = permissionToStatement(
        { ...permission.outputs, action, principal },
        functionArn,
      );
      return {
        source: label(permission),
        document: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      };
    });
  const decision = authorize({
    action: "lambda:InvokeFunction",
    resource: functionArn,
    context: { "aws:SourceArn": caller.sourceArn, "aws:SourceAccount": caller.accountId },
    principal: { type: "service", service: caller.service },
    identityPolicies: [],
    resourcePolicies: policies,
  });
  return decision.allowed
    ? undefined
    : `${label(target)} has no Permission for ${caller.service}: ${decision.reason}`;
}

/** A document without a Role is a refusal; no document at all is a broken provider. */
async function read(ask: () => Promise<unknown>): Promise<IdentityResult> {
  let document: Record<string, unknown>;
  try {
    document = ((await ask()) ?? {}) as Record<string, unknown>;
  } catch (error) {
    return { kind: "broken", reason: `the identity provider failed: ${(error as Error).message}` };
  }
  const { Role, HomeDirectoryType, HomeDirectory, HomeDirectoryDetails, Policy } = document;
  if (typeof Role !== "string" || Role.trim() === "") {
    return { kind: "refused", reason: "the identity provider said no" };
  }
  if (HomeDirectoryDetails !== undefined && typeof HomeDirectoryDetails !== "string") {
    const reason = "HomeDirectoryDetails is not a string of JSON: Transfer cannot parse the answer";
    return { kind: "broken", reason };
  }
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  if ((text(Policy) ?? "").length > 2048) {
    return { kind: "broken", reason: "the session policy is longer than 2,048 characters" };
  }
  return {
    kind: "granted",
    answer: {
      role: Role,
      homeDirectoryType: HomeDirectoryType === "LOGICAL" ? "LOGICAL" : "PATH",
      homeDirectory: text(HomeDirectory),
      homeDirectoryDetails: text(HomeDirectoryDetails),
      policy: text(Policy),
    },
  };
}

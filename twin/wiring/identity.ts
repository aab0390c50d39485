import type { IdentityAnswer } from "../../lib/home-mappings";
import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { authorize, canAssume, NamedPolicy, permissionToStatement } from "../../lib/iam";
import { routeRequest } from "./api-route";
import { ServerResource, WiringError } from "./find-server";
import { LoginChain } from "./login-chain";
import type { LoginFunction } from "./login-function";
import { findRole } from "./roles";

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
 * want: invocation role and its trust, the API's method, the function's own policy, the function. The chain is
 * told of each.
 */
export async function askIdentityProvider(
  stack: EvaluatedStack,
  server: ServerResource,
  provider: { resource: Resource; function: LoginFunction },
  login: Login,
  chain = new LoginChain("API_GATEWAY"),
): Promise<IdentityResult> {
  const { outputs } = server.resource;
  const asks = `${label(server.resource)} asks ${label(provider.resource)}`;
  if (outputs.identityProviderType === "AWS_LAMBDA") {
    chain.held("server", asks);
    const caller = { service: "transfer.amazonaws.com", sourceArn: server.arn };
    const refusal = invokeRefusal(stack, provider.resource, caller, chain);
    if (refusal) return { kind: "broken", reason: refusal };
    const { user: username, password, sourceIp } = login;
    const event = { username, password, protocol: "FTP", serverId: server.serverId, sourceIp };
    return read(() => provider.function.invoke(event), provider.resource, chain);
  }

  const route = routeRequest(stack, requestOf(server, String(outputs.url), login));
  chain.held("server", `${asks} at ${String(outputs.url)}`);
  if (typeof route === "string") return { kind: "broken", reason: chain.broke("API", route) };
  chain.held("API", `${route.methodArn} hands on to ${route.invokeArn}`);
  const caller = { service: "apigateway.amazonaws.com", sourceArn: route.methodArn };
  const refusal =
    callerRefusal(stack, server, route.methodArn, chain) ??
    invokeRefusal(stack, provider.resource, caller, chain);
  if (refusal) return { kind: "broken", reason: refusal };
  const ask = async (): Promise<unknown> => {
    const reply = (await provider.function.invoke(route.event)) as ProxyReply;
    if (reply?.statusCode !== 200) throw new Error(`it answered HTTP ${reply?.statusCode}`);
    return JSON.parse(reply.body) as unknown;
  };
  return read(ask, provider.resource, chain);
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
  chain: LoginChain,
): string | undefined {
  const role = findRole(stack, server.resource.outputs.invocationRole);
  if (!role) {
    const unknown = `${label(server.resource)} has an invocationRole that the stack does not make`;
    return chain.broke("invocation role", unknown);
  }
  const trust = canAssume({
    trustPolicy: role.trust,
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": accountOf(server.arn), "aws:SourceArn": server.arn },
  });
  if (!trust.allowed) {
    const reason = `Transfer cannot assume ${label(role.resource)}: ${trust.reason}`;
    return chain.broke("invocation role", reason, trust);
  }
  chain.held("invocation role", `Transfer assumes ${label(role.resource)}`, trust);
  const decision = authorize({
    action: "execute-api:Invoke",
    resource: methodArn,
    context: {},
    principal: { type: "role", roleArn: role.arn, sessionName: server.serverId },
    identityPolicies: role.policies,
    resourcePolicies: [],
  });
  if (!decision.allowed) {
    const reason = `${label(role.resource)} may not call the identity provider's API: ${decision.reason}`;
    return chain.broke("call of the API", reason, decision);
  }
  chain.held("call of the API", `${label(role.resource)} may call it`, decision);
  return undefined;
}

/** Whether the function lets the service invoke it for this source. */
function invokeRefusal(
  stack: EvaluatedStack,
  target: Resource,
  caller: { service: string; sourceArn: string },
  chain: LoginChain,
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
    context: {
      "aws:SourceArn": caller.sourceArn,
      "aws:SourceAccount": accountOf(caller.sourceArn),
    },
    principal: { type: "service", service: caller.service },
    identityPolicies: [],
    resourcePolicies: policies,
  });
  if (!decision.allowed) {
    const reason = `${label(target)} has no Permission for ${caller.service}: ${decision.reason}`;
    return chain.broke("Lambda permission", reason, decision);
  }
  chain.held("Lambda permission", `${caller.service} may invoke ${label(target)}`, decision);
  return undefined;
}

/** A document without a Role is a refusal; no document at all is a broken provider. */
async function read(
  ask: () => Promise<unknown>,
  target: Resource,
  chain: LoginChain,
): Promise<IdentityResult> {
  const result = await answerOf(ask);
  const said = `${label(target)} answers`;
  if (result.kind === "granted") {
    chain.held("function's answer", `${said} with the role ${result.answer.role}`);
  } else {
    chain.broke("function's answer", `${said}: ${result.reason}`);
  }
  return result;
}

async function answerOf(ask: () => Promise<unknown>): Promise<IdentityResult> {
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

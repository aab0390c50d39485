import type { IdentityAnswer } from "../../lib/home-mappings";
import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { authorize, canAssume, NamedPolicy, permissionToStatement } from "../../lib/iam";
import { routeRequest } from "./api-route";
import type { ServerResource } from "./find-server";
import { LoginChain } from "./login-chain";
import type { LoginFunction } from "./login-function";
import { findRole } from "./roles";
import { WiringError } from "./wiring-error";

/** Refused: the identity provider denies the login. Broken: a resource of the stack prevents the call. */
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

/**
 * The function that decides logins, over the API or invoked by the server.
 *
 * @throws WiringError when the stack has no such function
 */
export function identityFunction(stack: EvaluatedStack, server: ServerResource): Resource {
  const { identityProviderType, url, function: functionArn } = server.resource.outputs;
  const functions = ofType(stack.resources, functionType);
  const found =
    identityProviderType === "AWS_LAMBDA"
      ? functions.find(({ outputs }) => outputs.arn === functionArn)
      : functions.find(
          ({ outputs }) => outputs.invokeArn === invokeArnBehind(stack, server, String(url)),
        );
  if (!found) {
    const what = identityProviderType === "AWS_LAMBDA" ? String(functionArn) : String(url);
    throw new WiringError(`${label(server.resource)}: the stack has no function behind ${what}.`);
  }
  return found;
}

function invokeArnBehind(stack: EvaluatedStack, server: ServerResource, url: string): string {
  const route = routeRequest(
    stack,
    requestOf(server, url, { user: "", password: "", sourceIp: "" }),
  );
  if (typeof route === "string") throw new WiringError(`${label(server.resource)}: ${route}.`);
  return route.invokeArn;
}

/**
 * Calls the identity provider for a login along the resources of the stack, with the permissions AWS requires: the
 * invocation role and its trust policy, the API's method, the function's policy, the function.
 *
 * @param chain - Records the result of each step.
 */
export async function callIdentityProvider(
  stack: EvaluatedStack,
  server: ServerResource,
  provider: { resource: Resource; function: LoginFunction },
  login: Login,
  chain = new LoginChain("API_GATEWAY"),
): Promise<IdentityResult> {
  const { outputs } = server.resource;
  const call = `${label(server.resource)} calls ${label(provider.resource)}`;
  if (outputs.identityProviderType === "AWS_LAMBDA") {
    chain.pass("server", call);
    const caller = { service: "transfer.amazonaws.com", sourceArn: server.arn };
    const refusal = invokeRefusal(stack, provider.resource, caller, chain);
    if (refusal) return { kind: "broken", reason: refusal };
    const { user: username, password, sourceIp } = login;
    const event = { username, password, protocol: "FTP", serverId: server.serverId, sourceIp };
    return readAnswer(() => provider.function.invoke(event), provider.resource, chain);
  }

  const route = routeRequest(stack, requestOf(server, String(outputs.url), login));
  chain.pass("server", `${call} at ${String(outputs.url)}`);
  if (typeof route === "string") return { kind: "broken", reason: chain.fail("API", route) };
  chain.pass("API", `${route.methodArn} invokes ${route.invokeArn}`);
  const caller = { service: "apigateway.amazonaws.com", sourceArn: route.methodArn };
  const refusal =
    callerRefusal(stack, server, route.methodArn, chain) ??
    invokeRefusal(stack, provider.resource, caller, chain);
  if (refusal) return { kind: "broken", reason: refusal };
  const invoke = async (): Promise<unknown> => {
    const reply = (await provider.function.invoke(route.event)) as ProxyReply;
    if (reply?.statusCode !== 200) throw new Error(`it returned HTTP ${reply?.statusCode}`);
    return JSON.parse(reply.body) as unknown;
  };
  return readAnswer(invoke, provider.resource, chain);
}

interface ProxyReply {
  readonly statusCode: number;
  readonly body: string;
}

function requestOf(server: ServerResource, url: string, login: Login) {
  return { url, serverId: server.serverId, protocol: "FTP", ...login };
}

const accountOf = (arn: string) => arn.split(":")[4];

/** Why Transfer Family may not assume the invocation role, or the role not call the method. */
function callerRefusal(
  stack: EvaluatedStack,
  server: ServerResource,
  methodArn: string,
  chain: LoginChain,
): string | undefined {
  const role = findRole(stack, server.resource.outputs.invocationRole);
  if (!role) {
    const missing = `${label(server.resource)} has an invocationRole that the stack does not make`;
    return chain.fail("invocation role", missing);
  }
  const trust = canAssume({
    trustPolicy: role.trust,
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": accountOf(server.arn), "aws:SourceArn": server.arn },
  });
  if (!trust.allowed) {
    const reason = `Transfer cannot assume ${label(role.resource)}: ${trust.reason}`;
    return chain.fail("invocation role", reason, trust);
  }
  chain.pass("invocation role", `Transfer assumes ${label(role.resource)}`, trust);
  const decision = authorize({
    action: "execute-api:Invoke",
    resource: methodArn,
    principal: { type: "role", roleArn: role.arn, sessionName: server.serverId },
    identityPolicies: role.policies,
  });
  if (!decision.allowed) {
    const reason = `${label(role.resource)} may not call the identity provider's API: ${decision.reason}`;
    return chain.fail("call of the API", reason, decision);
  }
  chain.pass("call of the API", `${label(role.resource)} may call it`, decision);
  return undefined;
}

/** Why the service may not invoke the function for this source, by the function's policy. */
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
    resourcePolicies: policies,
  });
  if (!decision.allowed) {
    const reason = `${label(target)} has no Permission for ${caller.service}: ${decision.reason}`;
    return chain.fail("Lambda permission", reason, decision);
  }
  chain.pass("Lambda permission", `${caller.service} may invoke ${label(target)}`, decision);
  return undefined;
}

/** An answer without a Role denies the login; a function without an answer is broken. */
async function readAnswer(
  invoke: () => Promise<unknown>,
  target: Resource,
  chain: LoginChain,
): Promise<IdentityResult> {
  const result = await answerOf(invoke);
  const answer = `${label(target)} answers`;
  if (result.kind === "granted") {
    chain.pass("function's answer", `${answer} with the role ${result.answer.role}`);
  } else {
    chain.fail("function's answer", `${answer}: ${result.reason}`);
  }
  return result;
}

async function answerOf(invoke: () => Promise<unknown>): Promise<IdentityResult> {
  let document: Record<string, unknown>;
  try {
    document = ((await invoke()) ?? {}) as Record<string, unknown>;
  } catch (error) {
    return { kind: "broken", reason: `the identity provider failed: ${(error as Error).message}` };
  }
  const { Role, HomeDirectoryType, HomeDirectory, HomeDirectoryDetails, Policy } = document;
  if (typeof Role !== "string" || Role.trim() === "") {
    return { kind: "refused", reason: "the identity provider denied the login" };
  }
  if (HomeDirectoryDetails !== undefined && typeof HomeDirectoryDetails !== "string") {
    const reason = "HomeDirectoryDetails is not a string: Transfer Family cannot parse the answer";
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

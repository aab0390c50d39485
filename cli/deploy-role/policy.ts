import type { Resource } from "../../lib/stack/resource";
import { fileOf, invokes, resourceTypes, typesWithout } from "../../resources";
import { type Actions, isUnlimited, verbs } from "../../resources/actions";

/** The partition, account and names that the role is limited to. */
export interface DeployTarget {
  readonly partition: string;
  readonly region: string;
  /** Twelve digits, or `*` for the account of the role. */
  readonly account: string;
  /** project-stack: names that Pulumi generates begin with it. */
  readonly name: string;
  /** Names of buckets from the configuration, which do not begin with `name`. */
  readonly buckets: readonly string[];
}

export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string[]>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: Statement[];
}

/** Characters that IAM allows in a managed policy, not counting white space. */
export const policyLimit = 6144;
/** Managed policies of a role, unless AWS raises the quota. */
export const policiesLimit = 10;

type DeployedResource = Pick<Resource, "type" | "id" | "inputs">;

/** What a stack consists of, as far as the role depends on it. */
export interface DeployedStack {
  readonly resources: readonly DeployedResource[];
  /** Tokens of the provider functions that the program calls. */
  readonly invokes: readonly string[];
  /** What other configurations of the program create: an update from one of them deletes it. Default: nothing. */
  readonly removable?: readonly DeployedResource[];
}

/** Actions of the provider itself, with any resource. */
export const providerActions: readonly string[] = ["sts:GetCallerIdentity"];

/**
 * Policies that allow a role to create, change and delete these resources, each within IAM's size limit.
 *
 * @throws Error that names every type and function whose actions are not known, with the file to add them to.
 */
export function deployPolicies(stack: DeployedStack, target: DeployTarget): Policy[] {
  const unknown = [
    ...typesWithout("actions", [...stack.resources, ...(stack.removable ?? [])]),
    ...[...new Set(stack.invokes)].filter((token) => !(token in invokes)).sort(),
  ];
  if (unknown.length > 0) {
    throw new Error(
      [
        "The actions of these are not known. Add what AWS's Service Authorization Reference lists for them:",
        ...unknown.map((token) => `  ${token} to ${fileOf(token)}`),
      ].join("\n"),
    );
  }
  return pack(statements(stack, target));
}

/** Statements with the same resources are one; what is allowed on all resources is not allowed again. */
function statements(stack: DeployedStack, target: DeployTarget): Statement[] {
  const byScope = new Map<string, { scope: Scope; actions: Set<string> }>();
  const allow = (scope: Scope, actions: readonly string[]): void => {
    const key = JSON.stringify(scope);
    const known = byScope.get(key) ?? { scope, actions: new Set() };
    byScope.set(key, known);
    for (const action of actions) known.actions.add(action);
  };
  allow(everywhere, providerActions);
  for (const token of stack.invokes) allow(everywhere, invokes[token].actions);
  const services: string[] = [];
  const { removable = [] } = stack;
  const all = [...stack.resources, ...removable];
  for (const type of [...new Set(all.map((resource) => resource.type))].sort()) {
    const actions = resourceTypes[type]?.actions ?? "none";
    if (actions === "none") continue;
    const isCreated = stack.resources.some((resource) => resource.type === type);
    const scope = { Resource: actions.on.flatMap((pattern) => arns(pattern, target)) };
    const limited = { ...scope, ...conditionOf(actions, type, all, target) };
    for (const verb of isCreated ? verbs : removalVerbs) {
      allow(everywhere, actions[verb].filter(isUnlimited));
      const own = actions[verb].filter((action) => !isUnlimited(action));
      allow(verb === "read" ? scope : limited, own);
    }
    if (isCreated && actions.passesRoleTo) services.push(actions.passesRoleTo);
  }
  const unlimited = byScope.get(JSON.stringify(everywhere))!.actions;
  const found = [...byScope.values()].map(({ scope, actions }): Statement => {
    const wanted = [...actions].filter((action) => scope === everywhere || !unlimited.has(action));
    return { Effect: "Allow", Action: wanted.sort(), ...scope };
  });
  if (services.length > 0) found.push(passRole(services, target));
  return found
    .filter(({ Action }) => Action.length > 0)
    .sort((a, b) => (a.Resource[0] < b.Resource[0] ? -1 : 1));
}

type Scope = Pick<Statement, "Resource" | "Condition">;
const everywhere: Scope = { Resource: ["*"] };

/** What deletes a resource that the configuration no longer has. */
const removalVerbs = ["read", "delete"] as const;

function conditionOf(
  { limitedBy }: Actions,
  type: string,
  resources: readonly DeployedResource[],
  { partition }: DeployTarget,
): Pick<Scope, "Condition"> {
  if (!limitedBy) return {};
  const values = resources
    .filter((resource) => resource.type === type)
    .map(({ inputs }) => String(inputs[limitedBy.input]).replace("arn:aws:", `arn:${partition}:`));
  return { Condition: { ArnEquals: { [limitedBy.key]: [...new Set(values)].sort() } } };
}

/** Without the condition, the role could pass the roles that it creates to any service. */
function passRole(services: readonly string[], target: DeployTarget): Statement {
  return {
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: arns("arn:{partition}:iam::{account}:role/{name}-*", target),
    Condition: { StringEquals: { "iam:PassedToService": [...services].sort() } },
  };
}

function arns(pattern: string, target: DeployTarget): string[] {
  const filled = pattern
    .replace("{partition}", target.partition)
    .replace("{region}", target.region)
    .replace("{account}", target.account);
  const own = filled
    .replace("{name}", target.name)
    .replace("{underscored}", target.name.replaceAll("-", "_"));
  const ends = filled.includes(":s3:::") ? target.buckets : [];
  return [own, ...ends.map((bucket) => filled.replace("{name}-*", bucket))];
}

/** The size of a policy as IAM counts it. */
export function sizeOf(policy: Policy): number {
  return JSON.stringify(policy).length;
}

/** Packs statements by first fit; one that exceeds the limit by itself is split in halves. */
function pack(found: readonly Statement[]): Policy[] {
  const packed: Statement[][] = [];
  const fits = (list: Statement[]) =>
    sizeOf({ Version: "2012-10-17", Statement: list }) <= policyLimit;
  for (const statement of found.flatMap((statement) => halve(statement, fits))) {
    const policy = packed.find((list) => fits([...list, statement]));
    if (policy) policy.push(statement);
    else packed.push([statement]);
  }
  return packed.map((Statement) => ({ Version: "2012-10-17", Statement }));
}

function halve(statement: Statement, fits: (list: Statement[]) => boolean): Statement[] {
  if (fits([statement]) || statement.Action.length < 2) return [statement];
  const middle = statement.Action.length / 2;
  return [statement.Action.slice(0, middle), statement.Action.slice(middle)].flatMap((Action) =>
    halve({ ...statement, Action }, fits),
  );
}

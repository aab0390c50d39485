import { verbs } from "./need";
import { lookUps, needs, roleUsers } from "./needs";

/** Where the role is to deploy what. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  /** Twelve digits, or `*` for whichever account the role is in. */
  readonly account: string;
  /** project-stack: names that Pulumi makes up begin with it. */
  readonly name: string;
  /** Whole names of buckets that the configuration gives, and that begin otherwise. */
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

/** Characters that IAM takes in a managed policy, white space not counted. */
export const POLICY_LIMIT = 6144;
/** Managed policies that a role can have unless AWS raises the quota. */
export const POLICIES_LIMIT = 10;

/** Types of AWS that have no entry in the table of needs. */
export function unknownTypes(types: Iterable<string>): string[] {
  return [...new Set(types)].filter((type) => type.startsWith("aws:") && !(type in needs)).sort();
}

/**
 * Policies that let a role make, change and delete resources of these types, each within the limit of IAM.
 *
 * @param types tokens; those of other providers are passed over
 * @throws Error that names types without an entry
 */
export function deployPolicies(types: Iterable<string>, place: Place): Policy[] {
  const used = [...new Set(types)].filter((type) => type.startsWith("aws:")).sort();
  const unknown = unknownTypes(used);
  if (unknown.length > 0) {
    throw new Error(
      `deploy-role/needs/ has no entry for ${unknown.join(", ")}: add what AWS's Service Authorization Reference lists for making, reading, changing and deleting it.`,
    );
  }
  return pack(statements(used, place));
}

/** Statements with the same resources are one; what is allowed everywhere is not allowed again. */
function statements(used: readonly string[], place: Place): Statement[] {
  const byResource = new Map<string, Set<string>>();
  const allow = (resources: readonly string[], actions: readonly string[]): void => {
    const key = resources.join(" ");
    const known = byResource.get(key) ?? new Set();
    byResource.set(key, known);
    for (const action of actions) known.add(action);
  };
  allow(["*"], lookUps);
  for (const type of used) {
    const need = needs[type];
    const resources = need.on.flatMap((pattern) => arns(pattern, place));
    for (const verb of verbs) allow(resources, need[verb]);
    allow(["*"], need.everywhere ?? []);
  }
  const everywhere = byResource.get("*")!;
  const found = [...byResource].map(([key, actions]): Statement => {
    const wanted = key === "*" ? actions : [...actions].filter((action) => !everywhere.has(action));
    return { Effect: "Allow", Action: [...wanted].sort(), Resource: key.split(" ") };
  });
  const services = used.flatMap((type) => roleUsers[type] ?? []);
  if (services.length > 0) found.push(passRole(services, place));
  return found
    .filter(({ Action }) => Action.length > 0)
    .sort((a, b) => (a.Resource[0] < b.Resource[0] ? -1 : 1));
}

/** Without the condition the role could hand its own creations to any service. */
function passRole(services: readonly string[], place: Place): Statement {
  return {
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: arns("arn:{partition}:iam::{account}:role/{name}-*", place),
    Condition: { StringEquals: { "iam:PassedToService": [...services].sort() } },
  };
}

function arns(pattern: string, place: Place): string[] {
  const filled = pattern
    .replace("{partition}", place.partition)
    .replace("{region}", place.region)
    .replace("{account}", place.account);
  const own = filled
    .replace("{name}", place.name)
    .replace("{underscored}", place.name.replaceAll("-", "_"));
  const ends = filled.includes(":s3:::") ? place.buckets : [];
  return [own, ...ends.map((bucket) => filled.replace("{name}-*", bucket))];
}

/** How IAM counts a policy. */
export function sizeOf(policy: Policy): number {
  return JSON.stringify(policy).length;
}

/** As few policies as first fit gives, each statement whole, or in halves when it alone is too much. */
function pack(found: readonly Statement[]): Policy[] {
  const packed: Statement[][] = [];
  const fits = (list: Statement[]) =>
    sizeOf({ Version: "2012-10-17", Statement: list }) <= POLICY_LIMIT;
  for (const statement of found.flatMap((statement) => halve(statement, fits))) {
    const room = packed.find((list) => fits([...list, statement]));
    if (room) room.push(statement);
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

/** Parses one statement of a policy document and checks it for the kind of policy. */
import type {
  Condition,
  PolicyKind,
  PrincipalEntry,
  PrincipalSelection,
  Selection,
  Statement,
} from "./policy";
import { fail, isRecord, rejectUnknown } from "./policy-error";

const elements = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

interface StatementPosition {
  readonly source: string;
  readonly kind: PolicyKind;
  readonly hasVariables: boolean;
  readonly index: number;
}

/** @throws PolicyError, see parsePolicy. */
export function parseStatement(value: unknown, position: StatementPosition): Statement {
  const { source, kind, index } = position;
  const element = `Statement[${index}]`;
  if (!isRecord(value)) fail(source, element, "is not an object");
  rejectUnknown(source, element, value, elements);
  const { Sid: sid, Effect: effect } = value;
  if (sid !== undefined && typeof sid !== "string")
    fail(source, `${element}.Sid`, "is not a string");
  // Resource policies may have other characters in a Sid; IAM policies may not.
  if (sid !== undefined && kind !== "resource" && !/^[A-Za-z0-9]*$/.test(sid))
    fail(source, `${element}.Sid`, `"${sid}" has characters other than letters and digits`);
  if (effect !== "Allow" && effect !== "Deny")
    fail(source, `${element}.Effect`, `is ${JSON.stringify(effect)}, not "Allow" or "Deny"`);

  const actions = parseSelection(value, "Action", source, element);
  if (!actions) fail(source, element, "has neither Action nor NotAction");
  for (const pattern of actions.patterns)
    if (pattern !== "*" && !/^[^:]+:[^:]+$/.test(pattern))
      fail(source, `${element}.Action`, `"${pattern}" is not "*" or service:action`);

  const resources = parseSelection(value, "Resource", source, element);
  if (kind === "trust" && resources) fail(source, element, "names a resource in a trust policy");
  if (kind !== "trust" && !resources) fail(source, element, "has neither Resource nor NotResource");
  for (const pattern of resources?.patterns ?? []) checkResource(pattern, position, element);

  const principals = parsePrincipals(value, source, element);
  const namesPrincipal = kind === "resource" || kind === "trust";
  if (principals && !namesPrincipal)
    fail(source, element, `names a principal, which a policy of kind ${kind} may not`);
  if (!principals && namesPrincipal) fail(source, element, "has no Principal");
  if (principals?.not && (effect === "Allow" || kind === "trust"))
    fail(source, `${element}.NotPrincipal`, "is allowed only with Deny, and not in trust policies");

  return {
    ...(sid ? { sid } : {}),
    label: sid ? `statement "${sid}"` : `statement ${index + 1}`,
    effect,
    actions,
    ...(resources ? { resources } : {}),
    ...(principals ? { principals } : {}),
    conditions: parseConditions(value.Condition, source, `${element}.Condition`),
  };
}

function parseSelection(
  statement: Record<string, unknown>,
  name: "Action" | "Resource",
  source: string,
  element: string,
): Selection | undefined {
  const negated = `Not${name}`;
  const [plain, not] = [has(statement, name), has(statement, negated)];
  if (plain && not) fail(source, element, `has both ${name} and ${negated}`);
  if (!plain && !not) return undefined;
  const member = not ? negated : name;
  return { not, patterns: stringList(statement[member], source, `${element}.${member}`) };
}

function checkResource(
  pattern: string,
  { source, hasVariables }: StatementPosition,
  element: string,
): void {
  if (pattern !== "*" && !pattern.startsWith("arn:"))
    fail(source, `${element}.Resource`, `"${pattern}" is not "*" or an ARN`);
  const variable = hasVariables ? pattern.indexOf("${") : -1;
  if (variable >= 0 && pattern.slice(0, variable).split(":").length < 6)
    fail(source, `${element}.Resource`, `"${pattern}" has a variable before its fifth colon`);
}

function parsePrincipals(
  statement: Record<string, unknown>,
  source: string,
  element: string,
): PrincipalSelection | undefined {
  const [plain, not] = [has(statement, "Principal"), has(statement, "NotPrincipal")];
  if (plain && not) fail(source, element, "has both Principal and NotPrincipal");
  if (!plain && !not) return undefined;
  const member = `${element}.${not ? "NotPrincipal" : "Principal"}`;
  const value = not ? statement.NotPrincipal : statement.Principal;
  if (value === "*") return { not, entries: [{ type: "AWS", value: "*" }] };
  if (!isRecord(value) || Object.keys(value).length === 0)
    fail(source, member, 'is not "*" or an object of principals');
  // CanonicalUser is not supported: it identifies an account by an id that is not in an ARN.
  rejectUnknown(source, member, value, ["AWS", "Service", "Federated"]);
  const entries = Object.entries(value).flatMap(([type, names]) =>
    stringList(names, source, `${member}.${type}`).map(
      (name) => ({ type, value: name }) as PrincipalEntry,
    ),
  );
  for (const entry of entries) checkPrincipal(entry, source, member);
  return { not, entries };
}

function checkPrincipal({ type, value }: PrincipalEntry, source: string, member: string): void {
  if (type === "AWS" && value === "*") return;
  if (/[*?]/.test(value))
    fail(source, member, `"${value}" has a wildcard; a principal is "*" or a complete name`);
  // AWS replaces the ARN of a deleted user or role by its id (AIDA…, AROA…).
  if (type === "AWS" && !/^(\d{12}|arn:[^:]+:(iam|sts)::\d{12}:.+|A[A-Z0-9]{15,})$/.test(value))
    fail(source, member, `"${value}" is not an account, an IAM ARN or a principal id`);
}

function parseConditions(value: unknown, source: string, element: string): Condition[] {
  if (value === undefined) return [];
  if (!isRecord(value)) fail(source, element, "is not an object");
  return Object.entries(value).flatMap(([operator, block]) => {
    if (!isRecord(block)) fail(source, `${element}.${operator}`, "is not an object");
    return Object.entries(block).map(([key, values]) => {
      const member = `${element}.${operator}.${key}`;
      if (!key.includes(":")) fail(source, member, "is not a context key such as aws:SourceArn");
      const scalar = (item: unknown) =>
        typeof item === "boolean" || typeof item === "number" ? String(item) : item;
      const list = Array.isArray(values) ? values.map(scalar) : scalar(values);
      return { operator, key, values: stringList(list, source, member) };
    });
  });
}

/** A member with the value undefined counts as absent, as it is in JSON. */
function has(statement: Record<string, unknown>, member: string): boolean {
  return statement[member] !== undefined;
}

function stringList(value: unknown, source: string, element: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) fail(source, element, "is an empty list");
  return list.map((item) =>
    typeof item === "string"
      ? item
      : fail(source, element, `contains ${JSON.stringify(item)}, not a string`),
  );
}

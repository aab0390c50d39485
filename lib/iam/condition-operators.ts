/**
 * The condition operators, each as one comparison of a policy's value with a request's value. Source: IAM User
 * Guide, "IAM JSON policy elements: Condition operators". BinaryEquals is left out because nothing the program
 * deploys has a binary key. An operator that is missing here is unknown, and an unknown operator never widens access.
 */
import { isIPv6 } from "node:net";
import { containsAddress, parseAddress, sizeOf } from "../ipv4";
import { matchArn, matchText, type TextRules } from "./matching";
import type { ContextLookup } from "./request-context";
import type { Truth } from "./truth";

/** Compares one value of the policy with one of the request; undefined when they cannot be compared. */
export type Comparison = (
  policyValue: string,
  requestValue: string,
  variables: ContextLookup | undefined,
) => Truth;

/** The parts of an operator such as `ForAllValues:StringLikeIfExists`. */
export interface Operator {
  /** ForAnyValue: or ForAllValues:, for keys with many values. */
  readonly set?: "any" | "all";
  readonly ifExists: boolean;
  /** True when no value of the policy matches, as for StringNotEquals. */
  readonly negated: boolean;
  readonly compare: Comparison | "null";
}

// A variable without a value is "effectively null": nothing equals it, so the comparison is false and a negated
// operator is true (IAM User Guide, "Variables and tags", "Policy variables with no value").
const text =
  (rules: TextRules): Comparison =>
  (policy, request, variables) =>
    matchText(policy, request, variables, rules).matches;
const equals = text({ wildcards: false });
const equalsIgnoringCase = text({ wildcards: false, ignoreCase: true });
const like = text({ wildcards: true });
const arnLike: Comparison = (policy, request, variables) =>
  matchArn(policy, request, variables)?.matches;

const bool: Comparison = (policy, request, variables) => {
  const isBoolean = (value: string) => /^(true|false)$/i.test(value);
  if (!isBoolean(request) || !(isBoolean(policy) || policy.includes("${"))) return undefined;
  return equalsIgnoringCase(policy, request, variables);
};

function ordered(
  read: (text: string) => number | undefined,
  holds: (request: number, policy: number) => boolean,
): Comparison {
  return (policyValue, requestValue) => {
    const [policy, request] = [read(policyValue), read(requestValue)];
    return policy === undefined || request === undefined ? undefined : holds(request, policy);
  };
}

function readNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A W3C date (four digits are a year, not an epoch time) or seconds since 1970. */
function readDate(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  const w3c = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
  const time = w3c.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** IPv4 only: the network has no IPv6. An IPv6 block in a policy contains no IPv4 address. */
const ipAddress: Comparison = (policyValue, requestValue) => {
  const address = parseAddress(requestValue);
  if (address === undefined) return undefined;
  const [network, length = "32"] = policyValue.split("/");
  if (isIPv6(network)) return false;
  const base = parseAddress(network);
  const prefix = /^\d\d?$/.test(length) ? Number(length) : 33;
  if (base === undefined || prefix > 32) return undefined;
  const size = sizeOf({ base, prefix });
  return containsAddress({ base: base - (base % size), prefix }, address);
};

const numericEquals = ordered(readNumber, (request, policy) => request === policy);
const dateEquals = ordered(readDate, (request, policy) => request === policy);

type Base = Pick<Operator, "negated" | "compare">;
const is = (compare: Comparison | "null"): Base => ({ negated: false, compare });
const isNot = (compare: Comparison): Base => ({ negated: true, compare });

const operators = new Map<string, Base>([
  ["StringEquals", is(equals)],
  ["StringNotEquals", isNot(equals)],
  ["StringEqualsIgnoreCase", is(equalsIgnoringCase)],
  ["StringNotEqualsIgnoreCase", isNot(equalsIgnoringCase)],
  ["StringLike", is(like)],
  ["StringNotLike", isNot(like)],
  ["ArnEquals", is(arnLike)],
  ["ArnLike", is(arnLike)],
  ["ArnNotEquals", isNot(arnLike)],
  ["ArnNotLike", isNot(arnLike)],
  ["Bool", is(bool)],
  ["Null", is("null")],
  ["NumericEquals", is(numericEquals)],
  ["NumericNotEquals", isNot(numericEquals)],
  ["NumericLessThan", is(ordered(readNumber, (request, policy) => request < policy))],
  ["NumericLessThanEquals", is(ordered(readNumber, (request, policy) => request <= policy))],
  ["NumericGreaterThan", is(ordered(readNumber, (request, policy) => request > policy))],
  ["NumericGreaterThanEquals", is(ordered(readNumber, (request, policy) => request >= policy))],
  ["DateEquals", is(dateEquals)],
  ["DateNotEquals", isNot(dateEquals)],
  ["DateLessThan", is(ordered(readDate, (request, policy) => request < policy))],
  ["DateLessThanEquals", is(ordered(readDate, (request, policy) => request <= policy))],
  ["DateGreaterThan", is(ordered(readDate, (request, policy) => request > policy))],
  ["DateGreaterThanEquals", is(ordered(readDate, (request, policy) => request >= policy))],
  ["IpAddress", is(ipAddress)],
  ["NotIpAddress", isNot(ipAddress)],
]);

/** The operator with this name; undefined when there is none. Names are case-sensitive. */
export function findOperator(name: string): Operator | undefined {
  const parts = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(name);
  const base = parts ? operators.get(parts[2]) : undefined;
  if (!parts || !base) return undefined;
  const [, set, , ifExists] = parts;
  // Null tests whether the key exists, so it takes neither a set prefix nor IfExists.
  if (base.compare === "null" && (set || ifExists)) return undefined;
  return {
    ...base,
    ...(set ? { set: set === "ForAnyValue" ? ("any" as const) : ("all" as const) } : {}),
    ifExists: ifExists !== undefined,
  };
}

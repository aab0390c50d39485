/**
 * Whether a statement's conditions hold for a request. Sources: IAM User Guide, "IAM JSON policy elements:
 * Condition operators", "Conditions with multiple context keys or values" and "Single-valued vs. multivalued
 * context keys".
 */
import { findOperator, type Comparison, type Operator } from "./condition-operators";
import type { Condition } from "./policy";
import type { ContextLookup } from "./request-context";
import { allOf, anyOf, not, type Truth } from "./truth";

/** The result of a statement's Condition element. */
export interface ConditionResult {
  /** Undefined when it cannot be evaluated: an unknown operator, or values the operator cannot read. */
  readonly met: Truth;
  /** The first condition that is not met or cannot be evaluated, as a sentence part; empty when all are met. */
  readonly why: string;
  /** Every condition that could not be evaluated. */
  readonly problems: readonly string[];
}

/**
 * Evaluates a Condition element: all operators and all keys must be met.
 *
 * @param hasVariables - Whether `${…}` in a value is a variable.
 */
export function evaluateConditions(
  conditions: readonly Condition[],
  context: ContextLookup,
  hasVariables: boolean,
): ConditionResult {
  const results = conditions.map((condition) => {
    const operator = findOperator(condition.operator);
    const met = operator && isMet(operator, condition, context, hasVariables);
    return { met, why: explain(condition, met, operator, context) };
  });
  const met = allOf(results.map((result) => result.met));
  return {
    met,
    why: results.find((result) => result.met === met && met !== true)?.why ?? "",
    problems: results.flatMap((result) => (result.met === undefined ? [result.why] : [])),
  };
}

function isMet(
  operator: Operator,
  condition: Condition,
  context: ContextLookup,
  hasVariables: boolean,
): Truth {
  const requested = context.values(condition.key);
  const { compare, set, ifExists, negated } = operator;
  if (compare === "null")
    return anyOf(condition.values.map((value) => isNullMet(value, requested.length === 0)));
  // ForAllValues treats an empty string as no value.
  const absent =
    requested.length === 0 || (set === "all" && requested.every((value) => value === ""));
  if (absent) return ifExists || (set === undefined ? negated : set === "all");
  // A multivalued key needs ForAnyValue or ForAllValues; AWS does not document the result without one.
  if (set === undefined && requested.length > 1) return undefined;

  const variables = hasVariables ? context : undefined;
  const each = requested.map((value) =>
    isValueMet(compare, negated, condition.values, value, variables),
  );
  return set === "any" ? anyOf(each) : allOf(each);
}

function isNullMet(value: string, absent: boolean): Truth {
  if (value === "true") return absent;
  return value === "false" ? !absent : undefined;
}

/** Several values in the policy are alternatives; with a negated operator none of them may match. */
function isValueMet(
  compare: Comparison,
  negated: boolean,
  policyValues: readonly string[],
  requested: string,
  variables: ContextLookup | undefined,
): Truth {
  const matched = anyOf(policyValues.map((value) => compare(value, requested, variables)));
  return negated ? not(matched) : matched;
}

function explain(
  { key, operator, values }: Condition,
  met: Truth,
  known: Operator | undefined,
  context: ContextLookup,
): string {
  const condition = `condition ${key} ${operator} ${values.join(" or ")}`;
  if (!known) return `${condition} has an unknown operator`;
  const requested = context.values(key);
  const has = requested.length === 0 ? "no such key" : requested.join(", ");
  return met === undefined
    ? `${condition} cannot be evaluated: request has ${has}`
    : `${condition} not met: request has ${has}`;
}

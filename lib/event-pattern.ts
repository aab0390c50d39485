/**
 * Event patterns of EventBridge rules (EventBridge user guide, "Event patterns"): values, and the operators prefix,
 * suffix, anything-but and exists. Any other operator is an error, never a match.
 */

/** Whether an event matches. */
export type EventPattern = (event: Readonly<Record<string, unknown>>) => boolean;

type Test = (value: unknown) => boolean;

/**
 * Reads a pattern.
 *
 * @param text - JSON.
 * @throws Error that names an element that is not supported.
 */
export function parsePattern(text: string): EventPattern {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`The event pattern is not JSON: ${text}`);
  }
  return fields(document, "");
}

/** Every field of the pattern has to match; other fields of the event may have any value. */
function fields(document: unknown, path: string): EventPattern {
  if (!isRecord(document) || Object.keys(document).length === 0) {
    throw new Error(`The event pattern has no fields at ${path || "the top level"}.`);
  }
  const tests = Object.entries(document).map(([name, expected]): EventPattern => {
    const here = path === "" ? name : `${path}.${name}`;
    if (name.startsWith("$")) throw unknown(here, name);
    if (Array.isArray(expected)) {
      if (expected.length === 0) throw new Error(`The event pattern has no value at ${here}.`);
      const any = expected.map((one) => test(one, here));
      // If the event has a list, one of its items has to match.
      return (event) => any.some((one) => [event[name]].flat().some(one));
    }
    const inner = fields(expected, here);
    return (event) => isRecord(event[name]) && inner(event[name]);
  });
  return (event) => tests.every((one) => one(event));
}

function test(expected: unknown, path: string): Test {
  if (!isRecord(expected)) return (value) => value === expected;
  const [[operator, operand], ...more] = Object.entries(expected);
  if (more.length > 0) throw unknown(path, JSON.stringify(expected));
  if (operator === "exists" && typeof operand === "boolean") {
    return (value) => (value !== undefined) === operand;
  }
  if (typeof operand === "string" && operator === "prefix") {
    return (value) => typeof value === "string" && value.startsWith(operand);
  }
  if (typeof operand === "string" && operator === "suffix") {
    return (value) => typeof value === "string" && value.endsWith(operand);
  }
  const others = [operand].flat();
  if (operator === "anything-but" && others.length > 0 && others.every(isScalar)) {
    // A missing field matches only `exists`.
    return (value) => value !== undefined && !others.includes(value as string);
  }
  throw unknown(path, JSON.stringify(expected));
}

const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number";

function unknown(path: string, element: string): Error {
  return new Error(
    `The event pattern has ${element} at ${path}; supported are values, prefix, suffix, anything-but and exists.`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Event patterns of EventBridge rules (EventBridge user guide, "Event patterns"), as far as a program of this kind
 * uses them: values, and the operators prefix, suffix, anything-but and exists. Everything else is an error, never a match.
 */

/** Whether an event matches. */
export type EventPattern = (event: Readonly<Record<string, unknown>>) => boolean;

type Test = (value: unknown) => boolean;

/**
 * Reads a pattern.
 *
 * @param text JSON
 * @throws Error that names the element this does not know
 */
export function parsePattern(text: string): EventPattern {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`The event pattern is no JSON: ${text}`);
  }
  return fields(document, "");
}

/** All fields named have to match; what is not named may be anything. */
function fields(document: unknown, path: string): EventPattern {
  if (!isRecord(document) || Object.keys(document).length === 0) {
    throw new Error(`The event pattern has no fields at ${path || "its top"}.`);
  }
  const tests = Object.entries(document).map(([name, wanted]): EventPattern => {
    const here = path === "" ? name : `${path}.${name}`;
    if (name.startsWith("$")) throw unknown(here, name);
    if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw new Error(`The event pattern has no value at ${here}.`);
      const any = wanted.map((one) => test(one, here));
      // Of a list in the event, one item has to match.
      return (event) => any.some((one) => [event[name]].flat().some(one));
    }
    const inner = fields(wanted, here);
    return (event) => isRecord(event[name]) && inner(event[name]);
  });
  return (event) => tests.every((one) => one(event));
}

function test(wanted: unknown, path: string): Test {
  if (!isRecord(wanted)) return (value) => value === wanted;
  const [[operator, operand], ...more] = Object.entries(wanted);
  if (more.length > 0) throw unknown(path, JSON.stringify(wanted));
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
    // Of what is there: a field that is missing matches nothing but `exists`.
    return (value) => value !== undefined && !others.includes(value as string);
  }
  throw unknown(path, JSON.stringify(wanted));
}

const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number";

function unknown(path: string, element: string): Error {
  return new Error(
    `The event pattern has ${element} at ${path}; the twin knows values, prefix, suffix, anything-but and exists.`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

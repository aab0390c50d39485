/**
 * Filter patterns of CloudWatch Logs for lines of JSON (CloudWatch Logs user guide, "Filter pattern syntax"), as far
 * as the program uses them: `{ $.a-b = "text" }` and several of these in parentheses joined by `&&`, with `=` and
 * `!=` and with `*` for any characters in the text. Everything else is an error, never a match: so are a comparison
 * with a value that is no text, and `!=` with a field that is not there, of which the guide does not say what comes.
 */

type Condition = (line: Readonly<Record<string, unknown>>) => boolean;

/**
 * Reads a pattern.
 *
 * @returns whether a line matches; a line that is no JSON object matches nothing
 * @throws Error that quotes what this does not know
 */
export function parseFilterPattern(pattern: string): (line: string) => boolean {
  const [, inner] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (inner === undefined) throw new Error(`The filter pattern is not of JSON: ${pattern}`);
  const parts = inner.split(" && ");
  const conditions = parts.map((part) => {
    const [, inParentheses] = /^\((.+)\)$/.exec(part) ?? [];
    if (inParentheses === undefined && parts.length > 1) throw unknown(part);
    return condition(inParentheses ?? part);
  });
  return (line) => {
    const fields = objectIn(line);
    return fields !== undefined && conditions.every((each) => each(fields));
  };
}

function condition(text: string): Condition {
  const [, name, operator, wanted] = /^\$\.([\w-]+) (=|!=) "([^"\\]*)"$/.exec(text) ?? [];
  if (name === undefined) throw unknown(text);
  const form = new RegExp(`^${wanted.split("*").map(escaped).join(".*")}$`, "s");
  return (fields) => {
    const value = fields[name];
    if (operator === "=" && value === undefined) return false;
    if (typeof value !== "string") {
      throw new Error(`${text} is asked of ${name} ${JSON.stringify(value)}, which is no text`);
    }
    return form.test(value) === (operator === "=");
  };
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

const unknown = (text: string) =>
  new Error(`The filter pattern has ${text}, which is unknown here`);

function objectIn(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

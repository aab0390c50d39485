/**
 * Policy variables: `${aws:PrincipalAccount}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for
 * the literal characters. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
import type { ContextLookup } from "./request-context";

/**
 * One character of a pattern. Characters of a variable's value are not active: a `*` in a tag value is an asterisk,
 * and a colon in it does not start a new part of an ARN.
 */
export interface PatternCharacter {
  readonly character: string;
  readonly active: boolean;
}

/** A pattern with its variables expanded, or the first variable that has no value in this request. */
export type Expansion =
  | { readonly characters: readonly PatternCharacter[]; readonly missing?: undefined }
  | { readonly missing: string };

/**
 * Expands a pattern's variables.
 *
 * @param lookup - Undefined for documents older than version 2012-10-17, which have no variables.
 */
export function expandVariables(pattern: string, lookup: ContextLookup | undefined): Expansion {
  const characters: PatternCharacter[] = [];
  const add = (text: string, active: boolean) => {
    for (const character of text) characters.push({ character, active });
  };
  let position = 0;
  while (position < pattern.length) {
    const start = lookup ? pattern.indexOf("${", position) : -1;
    const end = start < 0 ? -1 : pattern.indexOf("}", start);
    if (!lookup || end < 0) {
      add(pattern.slice(position), true);
      break;
    }
    add(pattern.slice(position, start), true);
    const name = pattern.slice(start + 2, end);
    const value = valueOf(name, lookup);
    if (value === undefined) return { missing: `\${${name}}` };
    add(value, false);
    position = end + 1;
  }
  return { characters };
}

function valueOf(variable: string, lookup: ContextLookup): string | undefined {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const comma = variable.indexOf(",");
  const name = comma < 0 ? variable : variable.slice(0, comma);
  const values = lookup.values(name.trim());
  // A multivalued key cannot be used as a variable, so two values count as none.
  if (values.length === 1) return values[0];
  const quoted = comma < 0 ? "" : variable.slice(comma + 1).trim();
  return /^'.*'$/.test(quoted) ? quoted.slice(1, -1) : undefined;
}

/**
 * How actions, resources and ARNs of a policy match those of a request. Sources: IAM User Guide, "IAM JSON policy
 * elements: Action", "… Resource" and "… Condition operators".
 */
import { expandVariables, type PatternCharacter } from "./policy-variables";
import type { ContextLookup } from "./request-context";
import { matchesTokens, type Token } from "./wildcard";

/** The result of matching a pattern; `missing` is a variable of the pattern without a value in the request. */
export interface PatternMatch {
  readonly matches: boolean;
  readonly missing?: string;
}

/** Actions are case-insensitive: `s3:GetObject` is `S3:getobject`. */
export function matchAction(pattern: string, action: string): boolean {
  const tokens = [...pattern.toLowerCase()].map((character) => token(character, true));
  return matchesTokens(tokens, action.toLowerCase());
}

/**
 * Matches a Resource pattern with the ARN of a request, case-sensitive. In the first five parts of an ARN a wildcard
 * stays within its part, except a `*` at the end of a part, which also matches past the colon. In the resource part
 * wildcards match any characters, slashes and colons included: S3 keys contain both.
 */
export function matchResource(
  pattern: string,
  resource: string,
  variables: ContextLookup | undefined,
): PatternMatch {
  const expansion = expandVariables(pattern, variables);
  if (expansion.missing !== undefined) return { matches: false, missing: expansion.missing };
  let colons = 0;
  const tokens = expansion.characters.map(({ character, active }, index, all): Token => {
    if (!active) return character;
    if (character === ":") colons += 1;
    const next = all[index + 1];
    const endsPart = character === "*" && (!next || (next.active && next.character === ":"));
    return token(character, colons >= 5 || endsPart);
  });
  return { matches: matchesTokens(tokens, resource) };
}

/** How string operators differ: StringEquals has no wildcards, StringEqualsIgnoreCase ignores case. */
export interface TextRules {
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

/** Matches a condition's value with a request's; wildcards, where allowed, match any characters. */
export function matchText(
  pattern: string,
  text: string,
  variables: ContextLookup | undefined,
  { wildcards, ignoreCase = false }: TextRules,
): PatternMatch {
  const expansion = expandVariables(pattern, variables);
  if (expansion.missing !== undefined) return { matches: false, missing: expansion.missing };
  // Case is folded after variables are expanded, so that their values are folded too.
  const fold = (value: string) => (ignoreCase ? value.toLowerCase() : value);
  const tokens = expansion.characters.flatMap(({ character, active }): Token[] =>
    active && wildcards ? [token(character, true)] : [...fold(character)],
  );
  return { matches: matchesTokens(tokens, fold(text)) };
}

/**
 * ArnLike: matches each of the six parts separately. Undefined when the pattern itself has fewer than six parts (a
 * variable in one of the first five hides where they begin): AWS does not document that case.
 */
export function matchArn(
  pattern: string,
  arn: string,
  variables: ContextLookup | undefined,
): PatternMatch | undefined {
  const expansion = expandVariables(pattern, variables);
  if (expansion.missing !== undefined) return { matches: false, missing: expansion.missing };
  const patternParts = splitParts(expansion.characters);
  if (patternParts.length < 6) return undefined;
  const parts = arn.split(":");
  if (parts.length < 6) return { matches: false };
  const texts = [...parts.slice(0, 5), parts.slice(5).join(":")];
  const matches = patternParts.every((part, index) =>
    matchesTokens(
      part.map(({ character, active }) => (active ? token(character, true) : character)),
      texts[index],
    ),
  );
  return { matches };
}

function splitParts(characters: readonly PatternCharacter[]): PatternCharacter[][] {
  const parts: PatternCharacter[][] = [[]];
  for (const item of characters) {
    if (item.active && item.character === ":" && parts.length < 6) parts.push([]);
    else parts[parts.length - 1].push(item);
  }
  return parts;
}

function token(character: string, crossesColon: boolean): Token {
  if (character === "*") return { run: true, crossesColon };
  if (character === "?") return { run: false, crossesColon };
  return character;
}

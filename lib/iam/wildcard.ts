/** The wildcard matcher of actions, resources and string conditions. */

/** `*` (run) or `?` (one character); whether it may match a colon depends on its position. */
export interface Wildcard {
  readonly run: boolean;
  readonly crossesColon: boolean;
}

/** A literal character or a wildcard. */
export type Token = string | Wildcard;

/**
 * Whether the tokens match the whole text. Every token is a state and all reachable states advance together, so the
 * time is at most text length times pattern length. A policy may come from a user record, and with backtracking a
 * pattern such as `*a*a*a*a*b` could stall the process.
 */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  const end = tokens.length;
  const firstWildcard = tokens.findIndex((token) => typeof token !== "string");
  if (firstWildcard === -1) return tokens.join("") === text;
  // The literal beginning has one possible match.
  const prefix = tokens.slice(0, firstWildcard).join("");
  if (!text.startsWith(prefix)) return false;
  let reached = new Uint8Array(end + 1);
  reached[firstWildcard] = 1;
  skipRuns(tokens, reached);
  for (const character of text.slice(prefix.length)) {
    const next = new Uint8Array(end + 1);
    let alive = false;
    for (let state = firstWildcard; state < end; state += 1) {
      const token = tokens[state];
      if (!reached[state] || !accepts(token, character)) continue;
      next[typeof token !== "string" && token.run ? state : state + 1] = 1;
      alive = true;
    }
    if (!alive) return false;
    skipRuns(tokens, next);
    reached = next;
  }
  return reached[end] === 1;
}

function accepts(token: Token, character: string): boolean {
  return typeof token === "string" ? token === character : token.crossesColon || character !== ":";
}

/** A `*` may match nothing, so a state at it has also reached the next token. */
function skipRuns(tokens: readonly Token[], reached: Uint8Array): void {
  tokens.forEach((token, state) => {
    if (reached[state] && typeof token !== "string" && token.run) reached[state + 1] = 1;
  });
}

/** The wildcard matcher under actions, resources and string conditions. */

/** `*` (run) or `?` (one character); whether it may stand for a colon depends on where it is. */
export interface Wildcard {
  readonly run: boolean;
  readonly crossesColon: boolean;
}

/** A literal character or a wildcard. */
export type Token = string | Wildcard;

/**
 * Whether the tokens match the whole text. Every token is a state and all reachable states advance together, so
 * the time is text length times pattern length whatever the pattern; a policy may come from a user record, and
 * backtracking over `*a*a*a*a*b` would let that record stall the twin.
 */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  const end = tokens.length;
  let reached = new Uint8Array(end + 1);
  reached[0] = 1;
  skipRuns(tokens, reached);
  for (const character of text) {
    const next = new Uint8Array(end + 1);
    let alive = false;
    for (let state = 0; state < end; state += 1) {
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

/** A `*` may stand for nothing, so whoever reached it has also reached what follows. */
function skipRuns(tokens: readonly Token[], reached: Uint8Array): void {
  tokens.forEach((token, state) => {
    if (reached[state] && typeof token !== "string" && token.run) reached[state + 1] = 1;
  });
}

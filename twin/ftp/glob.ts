/**
 * Whether a name matches a pattern of LIST: `*` any text, `?` one character, `[a-c]` one of a set, `[^a-c]`
 * one not of it; a `[` without its `]` matches nothing (Apache FtpServer 1.2.1). Linear memory, no
 * backtracking beyond the last `*`, so that a client's pattern cannot block the endpoint.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  const tokens = tokenize(pattern);
  if (tokens === undefined) {
    return false;
  }
  let at = 0;
  let token = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < name.length) {
    const expected = tokens[token];
    if (expected === "*") {
      star = token++;
      resumeAt = at;
    } else if (expected !== undefined && expected(name[at])) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === "*");
}

type Token = "*" | ((character: string) => boolean);

function tokenize(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === "*") {
      tokens.push("*");
    } else if (character === "?") {
      tokens.push(() => true);
    } else if (character === "[") {
      const end = pattern.indexOf("]", index + 1);
      if (end === -1) {
        return undefined;
      }
      tokens.push(characterSet(pattern.slice(index + 1, end)));
      index = end;
    } else {
      tokens.push((other) => other === character);
    }
  }
  return tokens;
}

function characterSet(body: string): (character: string) => boolean {
  const negated = body.startsWith("^");
  const set = negated ? body.slice(1) : body;
  const ranges: { from: string; to: string }[] = [];
  for (let index = 0; index < set.length; index++) {
    if (set[index + 1] === "-" && index + 2 < set.length) {
      ranges.push({ from: set[index], to: set[index + 2] });
      index += 2;
    } else {
      ranges.push({ from: set[index], to: set[index] });
    }
  }
  return (character) =>
    ranges.some(({ from, to }) => from <= character && character <= to) !== negated;
}

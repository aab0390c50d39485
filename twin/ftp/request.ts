/** A parsed command line. */
export interface Request {
  /** Upper case, without the leading X of the old experimental names (XPWD is PWD). */
  readonly name: string;
  /** What follows the first blank, inner and leading blanks kept; undefined when there is nothing. */
  readonly argument: string | undefined;
}

/** Parses a line as Apache FtpServer 1.2.1 does: trimmed at both ends, split at the first blank. */
export function parseRequest(line: string): Request {
  const text = trimmed(line);
  const blank = text.indexOf(" ");
  const word = (blank === -1 ? text : text.slice(0, blank)).toUpperCase();
  return {
    name: word.startsWith("X") ? word.slice(1) : word,
    argument: blank === -1 ? undefined : text.slice(blank + 1),
  };
}

/** Removes blanks and control characters at both ends; String.trim would remove more than the model does. */
function trimmed(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && line[start] <= " ") {
    start++;
  }
  while (end > start && line[end - 1] <= " ") {
    end--;
  }
  return line.slice(start, end);
}

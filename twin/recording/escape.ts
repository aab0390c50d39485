/** Escapes a text for one line: control characters become \n, \r or \u0000, and a backslash becomes two. */
export function escapeLine(text: string): string {
  return text.replace(/[\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/gu, (found) => {
    const named: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
    return named[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The inverse of escapeLine. */
export function unescapeLine(text: string): string {
  return text.replace(/\\(\\|n|r|u[0-9a-f]{4})/g, (_, mark: string) => {
    const named: Readonly<Record<string, string>> = { "\\": "\\", n: "\n", r: "\r" };
    return named[mark] ?? String.fromCharCode(parseInt(mark.slice(1), 16));
  });
}

/** The bytes of a line that is not UTF-8: ASCII as escapeLine has it, every other byte as \xNN. */
export function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80
      ? escapeLine(String.fromCharCode(byte))
      : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
}

/** The inverse of escapeBytes; undefined for a text without such a byte. */
export function unescapeBytes(text: string): Buffer | undefined {
  if (!/(?<!\\)(?:\\\\)*\\x[0-9a-f]{2}/.test(text)) return undefined;
  const latin1 = text.replace(/\\(\\|n|r|u[0-9a-f]{4}|x[0-9a-f]{2})/g, (found, mark: string) =>
    mark.startsWith("x") ? String.fromCharCode(parseInt(mark.slice(1), 16)) : unescapeLine(found),
  );
  return Buffer.from(latin1, "latin1");
}

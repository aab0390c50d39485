/** A text as part of one line: control characters become \n, \r or \u0000-style marks, a backslash two. */
export function escapeLine(text: string): string {
  return text.replace(/[\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/gu, (found) => {
    const named: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
    return named[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** What escapeLine was given. */
export function unescapeLine(text: string): string {
  return text.replace(/\\(\\|n|r|u[0-9a-f]{4})/g, (_, mark: string) => {
    const named: Readonly<Record<string, string>> = { "\\": "\\", n: "\n", r: "\r" };
    return named[mark] ?? String.fromCharCode(parseInt(mark.slice(1), 16));
  });
}

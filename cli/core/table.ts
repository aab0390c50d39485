/** A table with columns as wide as their content, separated by two blanks. */
export function formatTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column].length)),
  );
  return [heads, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

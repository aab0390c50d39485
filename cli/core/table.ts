/** A table with columns as wide as their content, separated by two blanks. */
export function formatTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  // Not as arguments of Math.max: a fleet has more rows than a call can have arguments.
  const widths = heads.map((head, column) =>
    rows.reduce((width, row) => Math.max(width, row[column].length), head.length),
  );
  return [heads, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

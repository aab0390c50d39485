/** The command as it was sent, X of the old names and all, and what follows it. */
export function partsOf(line: string): { name: string; argument: string } {
  const blank = line.indexOf(" ");
  return blank === -1
    ? { name: line.toUpperCase(), argument: "" }
    : { name: line.slice(0, blank).toUpperCase(), argument: line.slice(blank + 1) };
}

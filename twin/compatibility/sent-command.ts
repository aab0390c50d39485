/** The command as sent, with the X of old names, and its argument. */
export function partsOf(line: string): { name: string; argument: string } {
  const blank = line.indexOf(" ");
  return blank === -1
    ? { name: line.toUpperCase(), argument: "" }
    : { name: line.slice(0, blank).toUpperCase(), argument: line.slice(blank + 1) };
}

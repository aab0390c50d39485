import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../../support/golden";

/** The rows of a Markdown table that has this head, without markup of code. */
export function tableIn(file: string, head: readonly string[]): string[][] {
  const lines = fs.readFileSync(path.join(root, file), "utf8").split("\n");
  const cells = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""));
  const start = lines.findIndex((line) => JSON.stringify(cells(line)) === JSON.stringify(head));
  if (start < 0) throw new Error(`${file} has no table ${head.join(" | ")}`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end < 0 ? undefined : end).map(cells);
}

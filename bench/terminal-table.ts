import { meetsGoal, median } from "./measure";
import type { Saved } from "./saved";

/** The figures as a table for a terminal, a line each. */
export function terminalTable({ machine, runs, figures }: Saved): string[] {
  const rows = figures.map((figure) => {
    const { what, unit, values, goal } = figure;
    const bound = goal?.atMost !== undefined ? `<= ${goal.atMost}` : `>= ${goal?.atLeast}`;
    const verdict = { true: "met", false: "MISSED", undefined: "" }[String(meetsGoal(figure))];
    const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)];
    return [what, unit, ...[least, middle, most].map(fixed), goal ? bound : "", verdict ?? ""];
  });
  const all = [["figure", "unit", "min", "median", "max", "goal", ""], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return [
    `${machine}, ${runs} runs`,
    ...all.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    ),
  ];
}

const fixed = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

import * as os from "node:os";

import { Argument, Command, InvalidArgumentError } from "commander";

import { engineFigures } from "./engine";
import { fleetFigures } from "./fleet";
import { identityFigures } from "./identity";
import { ftpFigures } from "./ftp/figures";
import { Figure, median, meets } from "./measure";
import { programFigures } from "./program";
import { startFigures } from "./start";
import { transferFigures } from "./transfer";

const parts: Record<string, (runs: number) => Promise<Figure[]>> = {
  program: programFigures,
  start: startFigures,
  transfer: transferFigures,
  ftp: ftpFigures,
  identity: identityFigures,
  fleet: fleetFigures,
  engine: engineFigures,
};

/** Measured when no part is named; the others take minutes, or a Pulumi engine. */
const usual = ["program", "start", "transfer", "identity", "ftp"];

async function main(): Promise<void> {
  const command = new Command("npm run bench --")
    .description("Measures the program and the twin on this machine, and says which goals are met.")
    .addArgument(
      new Argument("[parts...]", "what to measure").choices(Object.keys(parts)).default(usual),
    )
    .option("--runs <number>", "counted runs of each", count, 5)
    .option("--json", "print the figures as JSON", false)
    .addHelpText("after", "\nExample:\n  npm run bench -- transfer --runs 3");
  command.parse();
  const { runs, json } = command.opts<{ runs: number; json: boolean }>();
  const chosen = command.processedArgs[0] as string[];

  const figures: Figure[] = [];
  for (const name of chosen) {
    process.stderr.write(`Measuring ${name} …\n`);
    figures.push(...(await parts[name](runs)));
  }
  if (json) console.log(JSON.stringify({ machine: machine(), runs, figures }, undefined, 2));
  else table(runs, figures).forEach((line) => console.log(line));
}

const machine = () => `${os.cpus().length} cores, Node ${process.versions.node.split(".")[0]}`;

function table(runs: number, figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => {
    const { what, unit, values, goal } = figure;
    const bound = goal?.atMost !== undefined ? `<= ${goal.atMost}` : `>= ${goal?.atLeast}`;
    const verdict = { true: "met", false: "MISSED", undefined: "" }[String(meets(figure))];
    const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)];
    return [what, unit, ...[least, middle, most].map(round), goal ? bound : "", verdict ?? ""];
  });
  const all = [["figure", "unit", "min", "median", "max", "goal", ""], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return [
    `${machine()}, ${runs} runs`,
    ...all.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    ),
  ];
}

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("A number of runs from 1 to 99.");
  return Number(text);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

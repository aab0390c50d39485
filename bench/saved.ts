import * as fs from "node:fs";

import { Figure, median } from "./measure";

/** A figure with its part of the benchmarks. */
export interface SavedFigure extends Figure {
  readonly part: string;
}

/** The output of `npm run bench -- --json`: figures, and the machine. */
export interface Saved {
  /** "2 cores, Node 20" */
  readonly machine: string;
  /** Counted runs of each figure; some figures are always measured once. */
  readonly runs: number;
  readonly figures: readonly SavedFigure[];
}

/**
 * Reads figures that were saved.
 *
 * @throws Error that states the problem of the file.
 */
export function readSaved(file: string): Saved {
  const wrong = (why: string) =>
    new Error(`${file}: ${why}. The file has to be the output of \`npm run -s bench -- --json\`.`);
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw wrong((error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : "not a file");
  }
  let saved: Partial<Saved>;
  try {
    saved = JSON.parse(text) as Partial<Saved>;
  } catch {
    throw wrong("not JSON");
  }
  const { machine, runs, figures } = saved;
  if (typeof machine !== "string" || typeof runs !== "number" || !Array.isArray(figures)) {
    throw wrong("machine, runs or figures are missing");
  }
  const strange = (figures as readonly Partial<SavedFigure>[]).find(
    ({ part, what, unit, values }) =>
      ![part, what, unit].every((each) => typeof each === "string") ||
      !Array.isArray(values) ||
      values.length === 0 ||
      !values.every(Number.isFinite),
  );
  if (strange)
    throw wrong(`a figure without part, what, unit or values: ${JSON.stringify(strange)}`);
  return { machine, runs, figures: figures as readonly SavedFigure[] };
}

/**
 * Replaces the figures of the measured parts; other parts are unchanged.
 *
 * @throws Error when the unchanged figures are from another machine or another number of runs, which must not be in
 *   one table
 */
export function mergeFigures(old: Saved | undefined, measured: Saved): Saved {
  const parts = new Set(measured.figures.map(({ part }) => part));
  const kept = (old?.figures ?? []).filter(({ part }) => !parts.has(part));
  if (old && kept.length > 0 && (old.machine !== measured.machine || old.runs !== measured.runs)) {
    const staying = [...new Set(kept.map(({ part }) => part))].join(" ");
    throw new Error(
      `The saved figures of ${staying} are from ${old.machine}, ${old.runs} runs, and the new ones from ${measured.machine}, ${measured.runs} runs: measure those parts as well, or with --runs ${old.runs}.`,
    );
  }
  return { ...measured, figures: [...kept, ...measured.figures] };
}

/** Rounded to four digits: further digits differ from run to run. */
export function roundValue(saved: Saved): Saved {
  const figures = saved.figures.map((figure) => ({
    ...figure,
    values: figure.values.map((value) => Number(value.toPrecision(4))),
  }));
  return { ...saved, figures };
}

/** A value as text with three digits, and with all digits before the point. */
export function formatValue(value: number): string {
  const digits = Math.max(3, Math.trunc(Math.abs(value)).toString().length);
  return String(Number(value.toPrecision(digits)));
}

/** "1.12 s", "840 MiB/s", "50" */
export const withUnit = (value: number, unit: string) => `${formatValue(value)} ${unit}`.trim();

/** The median of a figure with its unit. */
export const medianOf = ({ values, unit }: Figure) => withUnit(median(values), unit);

/** "at most 1.5 s", or undefined for a figure without a goal. */
export function goalOf({ goal, unit }: Figure): string | undefined {
  if (goal?.atMost !== undefined) return `at most ${withUnit(goal.atMost, unit)}`;
  return goal?.atLeast === undefined ? undefined : `at least ${withUnit(goal.atLeast, unit)}`;
}

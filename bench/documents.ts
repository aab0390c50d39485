import * as fs from "node:fs";
import * as path from "node:path";

import { format, resolveConfig } from "prettier";

import { meetsGoal, root } from "./measure";
import { chartsOf } from "./plot/chart";
import { chartSvg } from "./plot/svg";
import { goalOf, medianOf, formatValue, Saved, SavedFigure } from "./saved";

/** The file with the figures of the documents, which are generated from it. */
export const figuresFile = "docs/performance.json";

/** Folder of the documents' pictures. */
export const picturesFolder = "docs/pictures";

/** Titles of the parts of the benchmarks in docs/performance.md, in its order. */
const partTitles: Readonly<Record<string, string>> = {
  program: "The program",
  start: "The twin's start",
  transfer: "Large files",
  ftp: "Compared with other FTP servers",
  identity: "The identity provider",
  timing: "What the time of a refusal reveals",
  users: "Commands for users",
  fleet: "A large fleet",
  uploads: "The log of uploads",
  engine: "With Pulumi's engine",
};

/** The figures in the table of README.md and README.ja.md, which have their own descriptions. */
export const readmeFigures = [
  "evaluate dev: process start to last resource",
  "program-level tests: wall",
  "program-level tests: peak memory",
  "npm start to ready",
  "STOR of 200 MiB",
  "RETR of 200 MiB",
];

/** The pictures by file name. */
export function pictures(saved: Saved): Map<string, string> {
  return new Map(chartsOf(saved).map((chart) => [chart.file, chartSvg(chart)]));
}

/** Writes the pictures to a folder, which is created if necessary. Returns their paths. */
export function writePictures(saved: Saved, folder: string): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return [...pictures(saved)].map(([name, svg]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, svg);
    return file;
  });
}

/** The documents with these figures, by path from the project's folder. */
export async function documents(saved: Saved): Promise<Map<string, string>> {
  const readmes = ["README.md", "README.ja.md"].map((file): [string, string] => [
    file,
    readmeWith(read(file), saved),
  ]);
  const page = "docs/performance.md";
  const texts: [string, string][] = [
    [figuresFile, JSON.stringify(saved)],
    [page, between(read(page), page, tables(saved))],
    ...readmes,
  ];
  const made = new Map<string, string>();
  for (const [file, text] of texts) {
    const filepath = path.join(root, file);
    made.set(file, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  }
  for (const [name, svg] of pictures(saved)) made.set(`${picturesFolder}/${name}`, svg);
  return made;
}

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");

const [BEGIN, END] = ["<!-- figures -->", "<!-- end of figures -->"];

/** A document with new text between its two marks. */
function between(document: string, name: string, text: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) {
    throw new Error(`${name} has to have the lines ${BEGIN} and ${END}, for the figures between.`);
  }
  return `${document.slice(0, begin)}${BEGIN}\n\n${text}\n\n${document.slice(end)}`;
}

/** A table for each part, with medians, ranges and goals. */
export function tables({ machine, runs, figures }: Saved): string {
  const parts = Object.keys(partTitles).filter((name) => figures.some(({ part }) => part === name));
  const counted = runs === 1 ? "1 run" : `${runs} runs`;
  return [
    `Measured on ${machine}; medians of ${counted}.`,
    ...parts.flatMap((name) => [
      `### ${partTitles[name]}`,
      [
        "| figure | median | least to most | goal | |",
        "|---|---|---|---|---|",
        ...figures.filter(({ part }) => part === name).map(row),
      ].join("\n"),
    ]),
  ].join("\n\n");
}

function row(figure: SavedFigure): string {
  const { what, values } = figure;
  const [least, most] = [Math.min(...values), Math.max(...values)].map(formatValue);
  const range = values.length > 1 ? `${least} to ${most}` : "";
  const verdict = { true: "met", false: "**missed**", undefined: "" }[String(meetsGoal(figure))];
  const cells = [what, medianOf(figure), range, goalOf(figure) ?? "", verdict ?? ""];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** A README with the measured figures in the second column of its table. */
export function readmeWith(readme: string, { machine, figures }: Saved): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`A README has to have the lines ${BEGIN} and ${END} around its table.`);
  }
  const lines = readme.slice(begin, end).split("\n");
  const rows = lines.flatMap((line, index) => (line.startsWith("|") ? [index] : [])).slice(2);
  if (rows.length !== readmeFigures.length) {
    throw new Error(`A README's table has ${rows.length} rows, not ${readmeFigures.length}.`);
  }
  rows.forEach((index, place) => {
    const figure = figures.find(({ what }) => what === readmeFigures[place]);
    if (figure === undefined) return;
    const cells = lines[index].split("|");
    cells[2] = ` ${medianOf(figure)} `;
    lines[index] = cells.join("|");
  });
  const text = lines.join("\n").replace(/\d+ cores, Node \d+/, machine);
  return readme.slice(0, begin) + text + readme.slice(end);
}

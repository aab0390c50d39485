import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Argument, Command, InvalidArgumentError } from "commander";

import { documents, figuresFile, picturesFolder, writePictures } from "./documents";
import { engineFigures } from "./engine";
import { fleetFigures } from "./fleet";
import { identityFigures } from "./identity";
import { ftpFigures } from "./ftp/figures";
import { interruptFigures } from "./interrupts";
import { Figure, root } from "./measure";
import { previewFigures } from "./previews";
import { programFigures } from "./program";
import { readSaved, mergeFigures, roundValue, Saved, SavedFigure } from "./saved";
import { startFigures } from "./start";
import { terminalTable } from "./terminal-table";
import { timingFigures } from "./timing";
import { transferFigures } from "./transfer";
import { uploadsFigures } from "./uploads";
import { userFigures } from "./users";

const parts: Record<string, (runs: number) => Promise<Figure[]>> = {
  program: programFigures,
  start: startFigures,
  transfer: transferFigures,
  ftp: ftpFigures,
  identity: identityFigures,
  timing: timingFigures,
  users: userFigures,
  fleet: fleetFigures,
  uploads: uploadsFigures,
  engine: engineFigures,
  previews: previewFigures,
  interrupts: interruptFigures,
};

/** Measured when no part is named; the others take minutes, or a Pulumi engine. */
const usual = ["program", "start", "transfer", "identity", "ftp"];

interface Options {
  readonly runs: number;
  readonly json: boolean;
  readonly plot?: string | true;
  readonly docs: boolean;
  readonly from?: string;
}

async function main(): Promise<void> {
  // Node 20 reads additional certificates of the machine at each start, which takes a tenth of a second in every
  // process here; none uses TLS.
  delete process.env.NODE_EXTRA_CA_CERTS;
  const command = new Command("npm run bench --")
    .description(
      "Measures the program and the twin on this machine and prints which goals are met.",
    )
    .addArgument(
      new Argument("[parts...]", `parts to measure (default: ${usual.join(" ")})`).choices(
        Object.keys(parts),
      ),
    )
    .option("--runs <number>", "counted runs of each", count, 5)
    .option(
      "--from <file>",
      "read the figures from a file that --json has printed, and measure nothing",
    )
    .option("--json", "print the figures as JSON", false)
    .option("--plot [folder]", `draw the figures as SVG bars into a folder (${picturesFolder})`)
    .option(
      "--docs",
      `keep the figures in ${figuresFile}, and renew the documents that show them`,
      false,
    )
    .addHelpText(
      "after",
      `
Examples:
  npm run bench -- transfer --runs 3
  npm run -s bench -- --json > figures.json
  npm run bench -- --from figures.json --plot bars
  npm run bench -- --docs                  # measures, and renews docs/performance.md
  npm run bench -- --from ${figuresFile} --docs   # draws it again`,
    );
  command.parse();
  const options = command.opts<Options>();
  const named = command.processedArgs[0] as string[];

  const figures = await figuresOf(named, options);
  if (options.json) console.log(JSON.stringify(figures, undefined, 2));
  else terminalTable(figures).forEach((line) => console.log(line));
  if (options.plot !== undefined) {
    const folder = options.plot === true ? path.join(root, picturesFolder) : options.plot;
    const written = writePictures(figures, folder);
    process.stderr.write(written.map((file) => `Wrote ${file}\n`).join(""));
    if (written.length === 0) process.stderr.write("Nothing to draw: no goals, and no peers.\n");
  }
  if (options.docs) await renewDocuments(figures);
}

/** Measures the named parts, or reads their figures. */
async function figuresOf(named: readonly string[], { from, runs }: Options): Promise<Saved> {
  if (from !== undefined) {
    const saved = readSaved(from);
    const isAsked = ({ part }: SavedFigure) => named.length === 0 || named.includes(part);
    return { ...saved, figures: saved.figures.filter(isAsked) };
  }
  const figures: SavedFigure[] = [];
  for (const part of named.length > 0 ? named : usual) {
    process.stderr.write(`Measuring ${part} …\n`);
    figures.push(...(await parts[part](runs)).map((figure) => ({ part, ...figure })));
  }
  return { machine: machine(), runs, figures };
}

/** Figures of parts that were not measured are unchanged. */
async function renewDocuments(measured: Saved): Promise<void> {
  const kept = path.join(root, figuresFile);
  const old = fs.existsSync(kept) ? readSaved(kept) : undefined;
  for (const [file, text] of await documents(roundValue(mergeFigures(old, measured)))) {
    fs.writeFileSync(path.join(root, file), text);
    process.stderr.write(`Wrote ${file}\n`);
  }
}

const machine = () => `${os.cpus().length} cores, Node ${process.versions.node.split(".")[0]}`;

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("A number of runs from 1 to 99.");
  return Number(text);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

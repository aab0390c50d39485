/** The figures of the documents, and the file they are written from. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { documents, figuresFile, readmeFigures, readmeWith, tables } from "../../bench/documents";
import { formatValue, readSaved, mergeFigures, roundValue } from "../../bench/saved";
import { root } from "../support/golden";
import { saved } from "./figures";

describe("figures of the documents", function () {
  this.timeout(20_000);

  it("docs/performance.md, the READMEs and the pictures show those of docs/performance.json", async () => {
    const kept = readSaved(path.join(root, figuresFile));
    const renew = `Renew it: npm run bench -- --from ${figuresFile} --docs`;
    for (const [file, text] of await documents(kept)) {
      const found = fs.readFileSync(path.join(root, file), "utf8");
      assert.ok(found === text, `${file} shows other figures. ${renew}`);
    }
    const named = kept.figures.map(({ what }) => what);
    assert.deepEqual(
      readmeFigures.filter((what) => !named.includes(what)),
      [],
    );
  });

  it("a table for each part, with what was missed", () => {
    const text = tables(saved);
    assert.match(text, /^Measured on 2 cores, Node 20; medians of 3 runs\./);
    assert.match(text, /^### The twin's start$/m);
    assert.match(text, /^\| npm start to ready \| 1.6 s \| 1.5 to 1.7 \| at most 4 s \| met \|$/m);
    assert.match(
      text,
      /memory per idle session \| 120 KiB \|  \| at most 100 KiB \| \*\*missed\*\*/,
    );
  });

  const row = (figure: string) => `| 図 | ${figure} | goal |`;
  const readme = (machine: string, ...figures: string[]) =>
    [
      "# README",
      "<!-- figures -->",
      `${machine}:`,
      "| a | b | c |",
      "|---|---|---|",
      ...figures.map(row),
      "<!-- end of figures -->",
      row("not here"),
    ].join("\n");
  const old = Array.from(readmeFigures, () => "old");

  it("a README's rows are renewed by their place, what was not measured stays", () => {
    const given = readme("8 cores, Node 24", ...old);
    const [ready, stor] = ["npm start to ready", "STOR of 200 MiB"].map((what) =>
      readmeFigures.indexOf(what),
    );
    const expected = old.with(ready, "1.6 s").with(stor, "840 MiB/s");
    assert.equal(readmeWith(given, saved), readme("2 cores, Node 20", ...expected));
  });

  it("a README with another table is not guessed at", () => {
    assert.throws(() => readmeWith(readme("", "one"), saved), /has 1 rows, not 6/);
    assert.throws(() => readmeWith("# README", saved), /<!-- figures -->/);
  });

  it("parts that were not measured stay, and are never mixed with those of another machine or number of runs", () => {
    const figures = [{ part: "start", what: "npm start to ready", unit: "s", values: [9] }];
    const measured = { ...saved, figures };
    const together = mergeFigures(saved, measured).figures;
    assert.equal(together.length, saved.figures.length);
    assert.deepEqual(together.at(-1), figures[0]);
    const elsewhere = { ...saved, machine: "8 cores, Node 24" };
    assert.throws(
      () => mergeFigures(elsewhere, measured),
      /of transfer ftp identity are from 8 cores/,
    );
    assert.throws(() => mergeFigures({ ...saved, runs: 1 }, measured), /--runs 1\./);
    // All of them measured again is no mixture.
    assert.deepEqual(mergeFigures({ ...elsewhere, figures }, measured), measured);
    assert.deepEqual(mergeFigures(undefined, measured), measured);
  });

  it("digits: four are kept, three are shown, and all before the point", () => {
    const [figure] = roundValue({
      ...saved,
      figures: [{ ...saved.figures[0], values: [1.23456] }],
    }).figures;
    assert.deepEqual(figure.values, [1.235]);
    const shown = [1.1249, 3.1, 316.4, 24678.4, 0.5012, 50, 1629.6].map(formatValue);
    assert.deepEqual(shown, ["1.12", "3.1", "316", "24678", "0.501", "50", "1630"]);
  });
});

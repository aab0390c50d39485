import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { allImports, Import, importsOf, sources } from "./imports";
import { codeSpans, parseDocument, readDocument, tableRows } from "./markdown";

/** A folder of the table, by its path (`twin/`, `index.ts`), and what it may import. */
interface Folder {
  readonly names: string[];
  /** Paths; undefined for everything. */
  readonly mayImport?: string[];
}

const spans = (cell: string) => codeSpans(parseDocument("", cell));

function readFolders(rows: string[][]): Folder[] {
  return rows.map(([names, , mayImport]) => ({
    names: spans(names),
    mayImport: mayImport === "everything" ? undefined : spans(mayImport),
  }));
}

const within = (file: string, place: string) =>
  place.endsWith("/") ? file.startsWith(place) : file === place.replace(/\.ts$/, "");

/** Imports that the table does not allow, and permissions that are not used. */
function contradictions(folders: readonly Folder[], imports: readonly Import[]): string[] {
  const found = new Set<string>();
  const used = new Set<string>();
  for (const { from, to } of imports) {
    const folder = folders.find(({ names }) =>
      names.some((name) => within(from.replace(/\.ts$/, ""), name)),
    );
    if (folder === undefined) found.add(`${from} is in no folder`);
    else if (folder.mayImport !== undefined && !folder.names.some((name) => within(to, name))) {
      const permission = folder.mayImport.find((place) => within(to, place));
      if (permission === undefined) found.add(`${from} imports ${to}`);
      else used.add(`${folder.names.join()} ${permission}`);
    }
  }
  for (const { names, mayImport = [] } of folders) {
    for (const place of mayImport) {
      if (!used.has(`${names.join()} ${place}`))
        found.add(`${names.join()} never imports ${place}`);
    }
  }
  return [...found].sort();
}

/** Files that import each other in a circle, the first that is found; undefined without one. */
function findCycle(imports: readonly Import[]): string[] | undefined {
  const leadsTo = new Map<string, string[]>();
  for (const { from, to } of imports) {
    const file = from.replace(/\.ts$/, "");
    leadsTo.set(file, [...(leadsTo.get(file) ?? []), to]);
  }
  const done = new Set<string>();
  const cycleFrom = (file: string, visited: readonly string[]): string[] | undefined => {
    if (visited.includes(file)) return [...visited.slice(visited.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of leadsTo.get(file) ?? []) {
      const found = cycleFrom(to, [...visited, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of leadsTo.keys()) {
    const found = cycleFrom(file, []);
    if (found) return found;
  }
  return undefined;
}

describe("docs/architecture.md", () => {
  const document = readDocument("docs/architecture.md");
  const folders = readFolders(tableRows(document, "folder", "what it is for", "may import"));

  it("lists which folder may import which, and the imports agree", () => {
    assert.deepEqual(contradictions(folders, allImports()), []);
  });

  it("no files import each other in a circle, types included", () => {
    assert.equal(findCycle(allImports()), undefined);
    const two = [
      { from: "a/x.ts", to: "b/y" },
      { from: "b/y.ts", to: "c/z" },
      { from: "c/z.ts", to: "b/y" },
    ];
    assert.deepEqual(findCycle(two), ["b/y", "c/z", "b/y"]);
    assert.equal(findCycle(two.slice(0, 2)), undefined);
  });

  it("has every folder of the project, and no other", () => {
    const inTree = new Set(sources().map((file) => file.replace(/\/.*/, "/")));
    assert.deepEqual(
      folders.flatMap(({ names }) => names).filter((name) => !fs.existsSync(path.join(root, name))),
      [],
    );
    const named = new Set(folders.flatMap(({ names }) => names));
    assert.deepEqual(
      [...inTree].filter((folder) => !named.has(folder)),
      [],
    );
  });

  it("has every folder of the twin, and no other", () => {
    const [head, rest] = [document.prose.indexOf("In the twin:"), "## Three flows"];
    const part = document.prose.slice(head, document.prose.indexOf(rest));
    const named = tableRows(parseDocument("", part), "folder", "what it is for").flatMap(
      ([names]) => spans(names),
    );
    const inTree = fs
      .readdirSync(path.join(root, "twin"), { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => `twin/${name}/`);
    assert.deepEqual(named.toSorted(), inTree.toSorted());
  });

  it("reports imports that are not permitted and permissions that are not used", () => {
    const two = readFolders([
      ["`a/`", "", "`b/c/`, `d/`"],
      ["`b/`, `d/`", "", "nothing"],
    ]);
    const imports = [
      { from: "a/x.ts", to: "b/c/y" },
      { from: "a/x.ts", to: "b/z" },
      { from: "b/z.ts", to: "d/x" },
      { from: "e.ts", to: "a/x" },
    ];
    assert.deepEqual(contradictions(two, imports), [
      "a/ never imports d/",
      "a/x.ts imports b/z",
      "e.ts is in no folder",
    ]);
    const text = `import type { A } from "../b/a";\nexport * from "./c";\nvoid import("../d/e");\n`;
    assert.deepEqual(
      importsOf("a/x.ts", text).map(({ to }) => to),
      ["b/a", "a/c", "d/e"],
    );
  });
});

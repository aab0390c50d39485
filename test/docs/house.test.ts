import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { allImports, Import, importsOf, sources } from "./imports";
import { codeSpans, parseDocument, readDocument, tableRows } from "./markdown";

/** A room of the table, by its path (`twin/`, `index.ts`), and what it may import. */
interface Room {
  readonly names: string[];
  /** Paths; undefined for everything. */
  readonly mayLookAt?: string[];
}

const spans = (cell: string) => codeSpans(parseDocument("", cell));

function readRooms(rows: string[][]): Room[] {
  return rows.map(([names, , mayLookAt]) => ({
    names: spans(names),
    mayLookAt: mayLookAt === "everything" ? undefined : spans(mayLookAt),
  }));
}

const within = (file: string, place: string) =>
  place.endsWith("/") ? file.startsWith(place) : file === place.replace(/\.ts$/, "");

/** Imports that the table does not allow, and leave that is not used. */
function contradictions(rooms: readonly Room[], imports: readonly Import[]): string[] {
  const found = new Set<string>();
  const used = new Set<string>();
  for (const { from, to } of imports) {
    const room = rooms.find(({ names }) =>
      names.some((name) => within(from.replace(/\.ts$/, ""), name)),
    );
    if (room === undefined) found.add(`${from} is in no room`);
    else if (room.mayLookAt !== undefined && !room.names.some((name) => within(to, name))) {
      const leave = room.mayLookAt.find((place) => within(to, place));
      if (leave === undefined) found.add(`${from} imports ${to}`);
      else used.add(`${room.names.join()} ${leave}`);
    }
  }
  for (const { names, mayLookAt = [] } of rooms) {
    for (const place of mayLookAt) {
      if (!used.has(`${names.join()} ${place}`))
        found.add(`${names.join()} never imports ${place}`);
    }
  }
  return [...found].sort();
}

/** Files that import each other in a circle, the first that is found; undefined without one. */
function circleIn(imports: readonly Import[]): string[] | undefined {
  const leadsTo = new Map<string, string[]>();
  for (const { from, to } of imports) {
    const file = from.replace(/\.ts$/, "");
    leadsTo.set(file, [...(leadsTo.get(file) ?? []), to]);
  }
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of leadsTo.get(file) ?? []) {
      const found = circleFrom(to, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of leadsTo.keys()) {
    const found = circleFrom(file, []);
    if (found) return found;
  }
  return undefined;
}

describe("docs/architecture.md", () => {
  const document = readDocument("docs/architecture.md");
  const rooms = readRooms(tableRows(document, "room", "what it is for", "may import"));

  it("lists which room may import which, and the imports agree", () => {
    assert.deepEqual(contradictions(rooms, allImports()), []);
  });

  it("no files import each other in a circle, types included", () => {
    assert.equal(circleIn(allImports()), undefined);
    const two = [
      { from: "a/x.ts", to: "b/y" },
      { from: "b/y.ts", to: "c/z" },
      { from: "c/z.ts", to: "b/y" },
    ];
    assert.deepEqual(circleIn(two), ["b/y", "c/z", "b/y"]);
    assert.equal(circleIn(two.slice(0, 2)), undefined);
  });

  it("has every room of the house, and no other", () => {
    const inTree = new Set(sources().map((file) => file.replace(/\/.*/, "/")));
    assert.deepEqual(
      rooms.flatMap(({ names }) => names).filter((name) => !fs.existsSync(path.join(root, name))),
      [],
    );
    const named = new Set(rooms.flatMap(({ names }) => names));
    assert.deepEqual(
      [...inTree].filter((room) => !named.has(room)),
      [],
    );
  });

  it("has every room of the twin, and no other", () => {
    const [head, rest] = [document.prose.indexOf("In the twin:"), "## Three flows"];
    const part = document.prose.slice(head, document.prose.indexOf(rest));
    const named = tableRows(parseDocument("", part), "room", "what it is for").flatMap(([names]) =>
      spans(names),
    );
    const inTree = fs
      .readdirSync(path.join(root, "twin"), { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => `twin/${name}/`);
    assert.deepEqual(named.toSorted(), inTree.toSorted());
  });

  it("an import too many, and leave that is not used, are reported", () => {
    const two = readRooms([
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
      "e.ts is in no room",
    ]);
    const text = `import type { A } from "../b/a";\nexport * from "./c";\nvoid import("../d/e");\n`;
    assert.deepEqual(
      importsOf("a/x.ts", text).map(({ to }) => to),
      ["b/a", "a/c", "d/e"],
    );
  });
});

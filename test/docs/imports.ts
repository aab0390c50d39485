import * as fs from "node:fs";
import * as path from "node:path";

import ts from "typescript";

import { root } from "../support/golden";

/** One file that names another of the project. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Folders that hold no source of the project. */
const foreign = new Set(["node_modules", "api-docs", "dist"]);

/** Every source file of the project, as paths from its folder. */
export function sources(folder = ""): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((each) => {
    const file = path.join(folder, each.name);
    if (each.name.startsWith(".") || foreign.has(each.name)) return [];
    if (each.isDirectory()) return sources(file);
    return file.endsWith(".ts") ? [file] : [];
  });
}

/** What a file imports of the project: with import, export … from, import() and require(), types too. */
export function importsOf(file: string, text: string): Import[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .flatMap((name) => {
      const own = inProject(file, name);
      return own === undefined ? [] : [{ from: file, to: own }];
    });
}

/** The path an import names in the project; undefined for a package. The exports of the project count as one folder. */
function inProject(file: string, name: string): string | undefined {
  if (name.startsWith(".")) return asFile(path.normalize(path.join(path.dirname(file), name)));
  return name.startsWith("canal-ftp/") ? asFile(name.replace("canal-ftp/", "")) : undefined;
}

/** A folder that is named stands for its index. */
function asFile(place: string): string {
  const isFolder = fs.statSync(path.join(root, place), { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? path.join(place, "index") : place;
}

/** Every import of the project. */
export function allImports(): Import[] {
  return sources().flatMap((file) =>
    importsOf(file, fs.readFileSync(path.join(root, file), "utf8")),
  );
}

"use strict";

// Lets Node load the project's TypeScript (`node -r ./tools/register.cjs …`). Types are not looked at: that is
// `npm run check`. ts-node would compile file by file with a compiler in JavaScript, and take most of a preview's
// and of the twin's start. esbuild takes a whole folder at once, and what it made of a file is kept for the next
// process (tools/compile-cache.cjs).

const fs = require("node:fs");
const path = require("node:path");

const { keep, kept } = require("./compile-cache.cjs");
require("./lazily.cjs");
require("./promise-notes.cjs");

/** Compiled code by file name, of what this process had to compile. */
const compiled = new Map();

/** The folder below the program's own (`twin`, `stacks`, …) that a file is in; the file itself at the top. */
function partOf(file) {
  let part = file;
  for (let folder = path.dirname(file); folder !== path.dirname(folder);) {
    if (fs.existsSync(path.join(folder, "Pulumi.yaml"))) return part;
    part = folder;
    folder = path.dirname(folder);
  }
  return file;
}

function sourcesIn(part) {
  if (fs.statSync(part).isFile()) return [part];
  return fs
    .readdirSync(part, { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => path.join(part, file));
}

function compile(part) {
  const sources = new Map(sourcesIn(part).map((file) => [file, fs.readFileSync(file)]));
  // Not needed at all by a process that finds everything compiled.
  const { buildSync } = require("esbuild");
  const { outputFiles } = buildSync({
    entryPoints: [...sources.keys()],
    outbase: path.dirname(part),
    outdir: path.dirname(part),
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    // Node would resolve import() by the rules of ES modules, which know no .ts.
    supported: { "dynamic-import": false },
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
  });
  for (const { path: output, text } of outputFiles) {
    const file = output.replace(/\.js$/, ".ts");
    compiled.set(file, text);
    keep(file, sources.get(file), text);
  }
}

function codeOf(file) {
  const code = compiled.get(file) ?? kept(file, fs.readFileSync(file));
  if (code !== undefined) return code;
  compile(partOf(file));
  return compiled.get(file);
}

const root = path.join(__dirname, "..") + path.sep;
const before = require.extensions[".ts"];
/** A program that has this project installed loads its own files as it did before. */
const isForeign = (file) =>
  before !== undefined &&
  root.includes(`${path.sep}node_modules${path.sep}`) &&
  !file.startsWith(root);

require.extensions[".ts"] = (module, file) =>
  isForeign(file) ? before(module, file) : module._compile(codeOf(file), file);

/** The code that a file was loaded as, with its source map inline. */
exports.codeOf = codeOf;

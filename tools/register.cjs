"use strict";

// Lets Node load the project's TypeScript (`node -r ./tools/register.cjs …`). Types are not looked at: that is
// `npm run check`. Pulumi itself loads the program with ts-node; here ts-node would compile file by file with a
// compiler in JavaScript and take most of the twin's start. esbuild takes a whole folder at once.

const fs = require("node:fs");
const path = require("node:path");
const { buildSync } = require("esbuild");

/** Compiled code by file name. */
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
  const { outputFiles } = buildSync({
    entryPoints: sourcesIn(part),
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
  for (const { path: file, text } of outputFiles) compiled.set(file.replace(/\.js$/, ".ts"), text);
}

require.extensions[".ts"] = (module, file) => {
  if (!compiled.has(file)) compile(partOf(file));
  module._compile(compiled.get(file), file);
};

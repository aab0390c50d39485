"use strict";

// What esbuild made of the project's own files, kept from one process to the next: each command and each process
// that a test starts would compile the same hundreds of files again. `npm ci` begins anew. A copy of the project
// elsewhere or in .twin is not kept, as test copies under random names would pile up.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");

const { folder, read, write } = require("./kept-files.cjs");

const root = path.join(__dirname, "..");

const digest = (...parts) =>
  parts.reduce((hash, part) => hash.update(part).update("\0"), createHash("sha1")).digest("hex");

/** What besides a file's contents decides on its code: esbuild, and the options it is given. */
const maker = digest(
  fs.readFileSync(require.resolve("esbuild/package.json")),
  fs.readFileSync(path.join(__dirname, "register.cjs")),
);

// What V8 makes of all that is loaded, packages too, where Node can keep it (22.1 and newer).
enableCompileCache?.(path.join(folder, "v8"));

/** One entry for a file, which a later state of it overwrites: the folder does not grow. */
const entryOf = (file) => `${digest(file)}.js`;
const markOf = (source) => `//${digest(maker, source)}\n`;
const isOwn = (file) =>
  file.startsWith(root + path.sep) && !file.startsWith(path.join(root, ".twin") + path.sep);

/** The code of a file with these contents; undefined when it is not kept. */
exports.kept = (file, source) => {
  if (!isOwn(file)) return undefined;
  const text = read(entryOf(file))?.toString();
  if (text === undefined) return undefined;
  const mark = markOf(source);
  return text.startsWith(mark) ? text.slice(mark.length) : undefined;
};

/** Keeps the code of a file. A folder that cannot be written is no reason to fail: the next process compiles. */
exports.keep = (file, source, code) => {
  if (!isOwn(file)) return;
  try {
    write(entryOf(file), markOf(source) + code);
  } catch {
    // As said above.
  }
};

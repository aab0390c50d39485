"use strict";

// What one process keeps for the next: files in a folder that `npm ci` empties.

const fs = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "..", "node_modules", ".cache", "canal-ftp");

exports.folder = folder;

/** What is kept under a name; undefined without it. */
exports.read = (name) => {
  try {
    return fs.readFileSync(path.join(folder, name));
  } catch {
    return undefined;
  }
};

/** Keeps it, whole or not at all. Throws where the folder cannot be written. */
exports.write = (name, contents) => {
  fs.mkdirSync(folder, { recursive: true });
  // Aside first: another process may read at the same moment, or write the same.
  const aside = path.join(folder, `${process.pid}-${name}.part`);
  fs.writeFileSync(aside, contents);
  fs.renameSync(aside, path.join(folder, name));
};

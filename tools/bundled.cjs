"use strict";

// Runs a script of the project as one file (bundle.cjs), with the code V8 made of it the last time. To find, read and
// compile some hundred files is about half of what it takes to start a provider, and Pulumi's engine starts its
// providers one after the other and does nothing else in the meantime.

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const folder = path.join(__dirname, "..", "node_modules", ".cache", "canal-ftp");
/** Milliseconds after which what was used of a script is kept compiled. A provider has answered by then. */
const settled = 1500;

/** The file that was made of a script, if all it was made of is still the same. */
function fresh(name) {
  try {
    const { code, madeOf } = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), "utf8"));
    const isSame = ([file, ctimeMs]) => fs.statSync(file).ctimeMs === ctimeMs;
    return madeOf.every(isSame) ? path.join(folder, code) : undefined;
  } catch {
    return undefined;
  }
}

function made(entry, name) {
  const args = [path.join(__dirname, "bundle.cjs"), entry, folder, name];
  return spawnSync(process.execPath, args).status === 0 ? fresh(name) : undefined;
}

const read = (file) => {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
};

/** @param entry a file in TypeScript, absolute */
exports.run = (entry) => {
  const name = createHash("sha1").update(entry).digest("hex");
  const file = fresh(name) ?? made(entry, name);
  const source = file && read(file)?.toString();
  if (source === undefined) {
    // A folder that cannot be written is no reason to fail.
    require("./register.cjs");
    require(entry);
    return;
  }
  const keptFile = `${file}.${process.version}-${process.arch}`;
  const script = new vm.Script(`(function (exports, require, module) {${source}\n})`, {
    filename: file,
    cachedData: read(keptFile),
  });
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, createRequire(entry), module);
  if (script.cachedDataRejected === false) return;
  setTimeout(() => {
    try {
      const aside = `${file}.${process.pid}.part`;
      fs.writeFileSync(aside, script.createCachedData());
      fs.renameSync(aside, keptFile);
    } catch {
      // As said above.
    }
  }, settled).unref();
};

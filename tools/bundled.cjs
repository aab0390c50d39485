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

const { folder, read, write } = require("./kept-files.cjs");

/** Milliseconds after which what was used of a script is kept compiled. A provider has answered by then. */
const settled = 1500;

/** The file that was made of a script, if all it was made of is still the same. */
function fresh(name) {
  try {
    const { code, madeOf } = JSON.parse(read(`${name}.json`));
    const isSame = ([file, ctimeMs]) => fs.statSync(file).ctimeMs === ctimeMs;
    return madeOf.every(isSame) ? code : undefined;
  } catch {
    return undefined;
  }
}

function made(entry, name) {
  const args = [path.join(__dirname, "bundle.cjs"), entry, name];
  return spawnSync(process.execPath, args).status === 0 ? fresh(name) : undefined;
}

/** @param entry a file in TypeScript, absolute */
exports.run = (entry) => {
  const name = createHash("sha1").update(entry).digest("hex");
  const code = fresh(name) ?? made(entry, name);
  const source = code && read(code)?.toString();
  if (source === undefined) {
    // A folder that cannot be written is no reason to fail.
    require("./register.cjs");
    require(entry);
    return;
  }
  const compiled = `${code}.${process.version}-${process.arch}`;
  const script = new vm.Script(`(function (exports, require, module) {${source}\n})`, {
    filename: path.join(folder, code),
    cachedData: read(compiled),
  });
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, createRequire(entry), module);
  if (script.cachedDataRejected === false) return;
  setTimeout(() => {
    try {
      write(compiled, script.createCachedData());
    } catch {
      // As said above.
    }
  }, settled).unref();
};

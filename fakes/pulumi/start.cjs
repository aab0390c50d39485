"use strict";

const path = require("node:path");

const root = path.join(__dirname, "..", "..");

/**
 * Runs a TypeScript file of this folder, whichever folder the engine starts the plugin in.
 *
 * @param {string} file - Relative to this folder.
 */
exports.start = (file) => {
  require("ts-node").register({ cwd: root, project: path.join(root, "tsconfig.json") });
  require(path.join(__dirname, file));
};

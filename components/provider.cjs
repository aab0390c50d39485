"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");
const { isMainThread, Worker } = require("node:worker_threads");

const source = path.join(__dirname, "provider.ts");

// Pulumi starts the repository as a component provider by the field "main" of package.json. Its runner checks the types
// of every TypeScript file at each start, with the options of the folder that it is started in. A thread has a module
// loader of its own.
if (!existsSync(source)) {
  // The published package has compiled JavaScript only, and its components are imported.
  module.exports = require("../dist/components");
} else if (isMainThread) {
  new Worker(__filename, { argv: process.argv.slice(2) });
} else {
  const root = path.join(__dirname, "..");
  require("ts-node").register({ cwd: root, project: path.join(root, "tsconfig.json") });
  require(source);
}

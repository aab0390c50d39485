#!/usr/bin/env node
"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");

// The repository runs TypeScript; the published package has compiled JavaScript only.
let folder = __dirname;
if (existsSync(path.join(folder, "main.ts"))) {
  const root = path.join(folder, "..");
  require("ts-node").register({ cwd: root, project: path.join(root, "tsconfig.json") });
} else {
  folder = path.join(folder, "..", "dist", "cli");
}

const { run } = require(path.join(folder, "main"));
const { processContext } = require(path.join(folder, "core", "process-context"));

void run(process.argv.slice(2), processContext()).then((exitCode) => {
  process.exitCode = exitCode;
});

#!/usr/bin/env node
"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");

// The repository runs TypeScript; the published package has compiled JavaScript only.
const isRepository = existsSync(path.join(__dirname, "main.ts"));
const folder = isRepository ? __dirname : path.join(__dirname, "..", "dist", "cli");
const argv = process.argv.slice(2);

if (argv.length === 1 && argv[0] === "--help") {
  process.stdout.write(require(path.join(folder, "overview.cjs")).overview());
} else {
  if (isRepository) {
    const root = path.join(folder, "..");
    require("ts-node").register({ cwd: root, project: path.join(root, "tsconfig.json") });
  }
  const { run } = require(path.join(folder, "main"));
  const { processContext } = require(path.join(folder, "core", "process-context"));
  void run(argv, processContext()).then((exitCode) => {
    process.exitCode = exitCode;
  });
}

#!/usr/bin/env node
"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");

// The published package contains compiled JavaScript; the repository runs TypeScript.
if (!existsSync(path.join(__dirname, "main.js"))) {
  const root = path.join(__dirname, "..");
  require("ts-node").register({ cwd: root, project: path.join(root, "tsconfig.json") });
}

const { run } = require("./main");
const { processContext } = require("./core/process-context");

void run(process.argv.slice(2), processContext()).then((exitCode) => {
  process.exitCode = exitCode;
});

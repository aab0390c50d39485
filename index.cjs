"use strict";

// What Pulumi runs. The program is index.ts; esbuild loads it, as it does for the twin and the tests: with ts-node a
// preview takes twice the processor time (tools/register.cjs).

require("./tools/register.cjs");
require("./tools/traces.cjs");

module.exports = require("./index.ts");

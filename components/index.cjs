"use strict";

// The components for a program that has this project as a package. Its sources are TypeScript, which no loader of
// the other program compiles inside node_modules: it brings its own.

require("../tools/register.cjs");

module.exports = require("./index.ts");

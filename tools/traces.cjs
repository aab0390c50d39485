"use strict";

// Stack traces of the program under Pulumi's runner, which sets source-map-support up for them: with the lines
// of the TypeScript.

const path = require("node:path");

const { codeOf } = require("./register.cjs");

/** The runner's own copy: another would not know what is set here. */
const support = require(
  require.resolve("source-map-support", {
    paths: [path.dirname(require.resolve("@pulumi/pulumi/package.json"))],
  }),
);
// On disk is the source; the map is in what it was compiled to.
support.install({ retrieveFile: (file) => (file.endsWith(".ts") ? codeOf(file) : null) });

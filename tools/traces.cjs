"use strict";

// Stack traces of the program under Pulumi's runner, which sets source-map-support up for them: with the lines
// of the TypeScript.

const path = require("node:path");

const { codeOf } = require("./register.cjs");

const isPackage = (file) => file.includes(`${path.sep}node_modules${path.sep}`);

/** The runner's own copy: another would not know what is set here. */
const support = require(
  require.resolve("source-map-support", {
    paths: [path.dirname(require.resolve("@pulumi/pulumi/package.json"))],
  }),
);
const none = { url: null, map: { version: 3, sources: [], names: [], mappings: "" } };
support.install({
  // On disk is the source; the map is in what it was compiled to.
  retrieveFile: (file) => (file.endsWith(".ts") ? codeOf(file) : null),
  // Pulumi looks at the stack for each resource, and every class of a package would have its map read for it: a tenth
  // of a second, for lines of sources that are not installed.
  retrieveSourceMap: (file) => (isPackage(file) ? none : null),
});

// Of the twenty frames above a resource most are above the next one as well: each is written once.
const { prepareStackTrace } = Error;
const written = new Map();
const positionOf = (frame) =>
  `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}:${frame.getFunctionName()}`;
function write(frame) {
  const position = positionOf(frame);
  const line = written.get(position) ?? `\n    at ${support.wrapCallSite(frame)}`;
  written.set(position, line);
  return line;
}
/** An error without a message is none, but a look at the stack. */
Error.prepareStackTrace = (error, frames) =>
  error.message === "" ? `${error}${frames.map(write).join("")}` : prepareStackTrace(error, frames);

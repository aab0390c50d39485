"use strict";

// Stack traces of the program under Pulumi's runner, which sets source-map-support up for them: with the lines of
// the TypeScript, and without the work nobody reads.

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

// Pulumi notes a stack for each of thousands of promises, and shows one only when it is asked to look for leaks.
// Writing them takes a quarter of an evaluation.
const { prepareStackTrace } = Error;
const isNote = (error, frames) =>
  error.message === "" && frames[0]?.getFunctionName() === "debuggablePromise";
if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  Error.prepareStackTrace = (error, frames) =>
    isNote(error, frames)
      ? "PULUMI_DEBUG_PROMISE_LEAKS=1 shows it."
      : prepareStackTrace(error, frames);
}

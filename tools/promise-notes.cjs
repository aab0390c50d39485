"use strict";

// Pulumi's SDK notes number, context and stack of each of its promises, four for every property of a resource, and
// shows them only when it is asked to look for leaks. That takes a third of an evaluation, and more where stacks are
// mapped to the lines of the TypeScript. Here the promises are watched as before, so that one that never ends is told
// at the end, and nothing is noted.

const Module = require("node:module");
const path = require("node:path");

/** The file of the SDK that writes the notes. */
const writer = path.join("@pulumi", "pulumi", "runtime", "debuggable.js");
const done = new WeakSet();

function withoutNotes(debuggable, { getStore }) {
  if (done.has(debuggable)) return;
  done.add(debuggable);
  const { debuggablePromise } = debuggable;
  let isWatched = false;
  debuggable.debuggablePromise = (promise, context) => {
    // The first time the SDK's own does it, which then looks for what is left at the end. Without a stack: to map
    // one, the maps of half the SDK are read.
    if (!isWatched) {
      isWatched = true;
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        return debuggablePromise(promise, context);
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    }
    const { leakCandidates } = getStore();
    leakCandidates.add(promise);
    return promise.then(
      (value) => {
        leakCandidates.delete(promise);
        return value;
      },
      (error) => {
        leakCandidates.delete(promise);
        // As the SDK's own does.
        error.promise = promise;
        throw error;
      },
    );
  };
}

if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  // Pulumi's runner has loaded the SDK before it loads a program.
  for (const [file, { exports }] of Object.entries(require.cache)) {
    if (file.endsWith(writer)) withoutNotes(exports, require(path.join(file, "..", "state.js")));
  }
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    const loaded = load.call(Module, request, parent, isMain);
    if (request.endsWith("debuggable") && typeof loaded?.debuggablePromise === "function") {
      const file = Module._resolveFilename(request, parent, isMain);
      withoutNotes(loaded, require(path.join(file, "..", "state.js")));
    }
    return loaded;
  };
}

exports.withoutNotes = process.env.PULUMI_DEBUG_PROMISE_LEAKS ? () => undefined : withoutNotes;

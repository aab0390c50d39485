"use strict";

// Pulumi's SDK notes a stack for each of its promises, four for every property of a resource, and shows one only when
// it is asked to look for leaks. Writing them takes a quarter of an evaluation, and more where stacks are mapped to
// the lines of the TypeScript. The promises are watched as before: one that never ends is still told.

const Module = require("node:module");
const path = require("node:path");

/** The file of the SDK that writes the notes. */
const writer = path.join("@pulumi", "pulumi", "runtime", "debuggable.js");
const done = new WeakSet();

function withoutNotes(debuggable) {
  if (done.has(debuggable)) return;
  done.add(debuggable);
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    // Anything but a number: V8 then does not look at the stack at all.
    Error.stackTraceLimit = undefined;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  // Pulumi's runner has loaded the SDK before it loads a program.
  for (const [file, { exports }] of Object.entries(require.cache)) {
    if (file.endsWith(writer)) withoutNotes(exports);
  }
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    const loaded = load.call(Module, request, parent, isMain);
    if (request.endsWith("debuggable") && typeof loaded?.debuggablePromise === "function") {
      withoutNotes(loaded);
    }
    return loaded;
  };
}

"use strict";

// Loads parts of Pulumi's SDK when something of them is used, and not with the SDK: TypeScript and npm's own readers
// of packages, with which it turns functions of a program into text, and the Automation API. No program of this
// project asks for any of them, and they are most of the time that the SDK takes to load. Pulumi.yaml has Node load
// this file before Pulumi's runner, which has two such parts of its own: what sends traces (`--tracing`), and an
// inspector.

const Module = require("node:module");
const path = require("node:path");

const sdk = path.join("@pulumi", "pulumi");
const codePaths = path.join(sdk, "runtime", "closure", "codePaths.js");
const runner = path.join(sdk, "cmd", "run", "index.js");
const tracing = path.join(sdk, "cmd", "run", "tracing.js");
/** What is asked for, and the file of the SDK that does. */
const unused = {
  typescript: path.join(sdk, "typescript-shim.js"),
  "@npmcli/arborist": codePaths,
  "normalize-package-data": codePaths,
  "./automation": path.join(sdk, "index.js"),
  "@opentelemetry/exporter-zipkin": tracing,
  "@opentelemetry/instrumentation": tracing,
  "@opentelemetry/instrumentation-grpc": tracing,
  "@opentelemetry/resources": tracing,
  "@opentelemetry/sdk-trace-base": tracing,
  "@opentelemetry/sdk-trace-node": tracing,
};

/** Stands for a package until the first look into it. */
function lazily(load) {
  let loaded;
  const real = () => (loaded ??= load());
  return new Proxy(
    {},
    {
      // To compiled code that imports it, a module like its own: that does not copy what is in it, and finds a
      // CommonJS module as a whole under `default`.
      get(_, name) {
        if (name === "__esModule") return true;
        return name === "default" && !real().__esModule ? real() : real()[name];
      },
      has: (_, name) => name in real(),
    },
  );
}

/**
 * Of the runner's inspector. With it V8 reports every script that is loaded from then on, only for the file names in
 * what Pulumi says of a function that it cannot turn into text.
 */
const inspector = "../../runtime/closure/v8Hooks";
const withoutInspector = { isInitializedAsync: () => Promise.resolve() };

const load = Module._load;
Module._load = function (request, parent, isMain) {
  if (request === inspector && parent?.filename?.endsWith(runner)) return withoutInspector;
  const wanted = Object.hasOwn(unused, request) && parent?.filename?.endsWith(unused[request]);
  return wanted
    ? lazily(() => load.call(Module, request, parent, isMain))
    : load.call(Module, request, parent, isMain);
};

exports.unused = unused;
exports.lazily = lazily;

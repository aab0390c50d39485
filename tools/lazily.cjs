"use strict";

// Loads parts of Pulumi's SDK when something of them is used, and not with the SDK: TypeScript and npm's own readers
// of packages, with which it turns functions of a program into text, and the Automation API. No program of this
// project asks for any of them, and they are most of the time that the SDK takes to load.

const Module = require("node:module");
const path = require("node:path");

const sdk = path.join("@pulumi", "pulumi");
const codePaths = path.join(sdk, "runtime", "closure", "codePaths.js");
/** What is asked for, and the file of the SDK that does. */
const unused = {
  typescript: path.join(sdk, "typescript-shim.js"),
  "@npmcli/arborist": codePaths,
  "normalize-package-data": codePaths,
  "./automation": path.join(sdk, "index.js"),
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

const load = Module._load;
Module._load = function (request, parent, isMain) {
  const wanted = Object.hasOwn(unused, request) && parent?.filename?.endsWith(unused[request]);
  return wanted
    ? lazily(() => load.call(Module, request, parent, isMain))
    : load.call(Module, request, parent, isMain);
};

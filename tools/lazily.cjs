"use strict";

// Loads parts of Pulumi's SDK when something of them is used, and not with the SDK: TypeScript and npm's own resolver
// of packages, with which it turns functions of a program into text, and the Automation API. No program of this
// project asks for any of them, and they are most of the time that the SDK takes to load.

const Module = require("node:module");
const path = require("node:path");

const sdk = path.join("@pulumi", "pulumi");
/** What is asked for, and the file of the SDK that does. */
const unused = {
  typescript: path.join(sdk, "typescript-shim.js"),
  "@npmcli/arborist": path.join(sdk, "runtime", "closure", "codePaths.js"),
  "./automation": path.join(sdk, "index.js"),
};

/** Stands for a package until the first look into it. */
function lazily(load) {
  let loaded;
  const real = () => (loaded ??= load());
  return new Proxy(
    {},
    {
      // To compiled code that imports it, a module like its own: that does not copy what is in it.
      get: (_, name) => (name === "__esModule" ? true : real()[name]),
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

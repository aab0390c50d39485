"use strict";

// Loads two packages when something of them is used, and not with Pulumi's SDK: TypeScript and npm's own resolver of
// packages. The SDK turns functions of a program into text with them, which no part of this project asks for, and
// they are two thirds of the time that it takes to load.

const Module = require("node:module");
const path = require("node:path");

/** The package, and the file of the SDK that wants it. */
const unused = {
  typescript: path.join("@pulumi", "pulumi", "typescript-shim.js"),
  "@npmcli/arborist": path.join("@pulumi", "pulumi", "runtime", "closure", "codePaths.js"),
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

"use strict";

// Starts the driver in the repository, where it is TypeScript. `pulumi destroy` runs it without the program, also in
// a checkout without packages: plain JavaScript can then report the missing packages.
const path = require("node:path");

try {
  require("ts-node/register");
  require("./main.ts");
} catch (error) {
  // A package, not a file of the driver's own.
  if (!/^Cannot find module '[^./]/.test(error.message)) throw error;
  const folder = path.join(__dirname, "..");
  process.stderr.write(
    `The SORACOM driver's packages are not installed: run npm ci in ${folder}, then the same command again.\n`,
  );
  process.exitCode = 1;
}

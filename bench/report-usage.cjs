"use strict";

// Loaded before a measured program: writes its peak memory (KiB) and its processor time (microseconds) to a file when
// it ends.

const fs = require("node:fs");

process.on("exit", () => {
  fs.writeFileSync(process.env.USAGE_REPORT, JSON.stringify(process.resourceUsage()));
});

"use strict";

// Loaded before a measured program: writes its peak memory (KiB) to a file when it ends.

const fs = require("node:fs");

process.on("exit", () => {
  fs.writeFileSync(process.env.USAGE_REPORT, String(process.resourceUsage().maxRSS));
});

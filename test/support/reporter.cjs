"use strict";

// Mocha's spec reporter, closing with one line that says how many tests passed, failed and were skipped.

const { Spec } = require("mocha").reporters;

module.exports = class ClosingLine extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
  }
};

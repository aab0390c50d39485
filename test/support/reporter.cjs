"use strict";

// Mocha's spec reporter, closing with one line with the numbers of passed, failed and skipped tests.

const { stripVTControlCharacters } = require("node:util");

const { Base, Spec } = require("mocha").reporters;

// Mocha asks twice whether there are colours: its symbols have them wherever CI is set, also in what is redirected.
if (!Base.useColors) {
  for (const [name, symbol] of Object.entries(Base.symbols)) {
    Base.symbols[name] = stripVTControlCharacters(symbol);
  }
}

module.exports = class ClosingLine extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
  }
};

import * as fs from "node:fs";

import { Command } from "commander";

import { evaluateStack, goldenFile, goldenStacks, goldenText } from "./golden";

/** Renews the golden files (`npm run golden`): check the difference before committing it. */
async function main(): Promise<void> {
  new Command("npm run golden --")
    .description("Writes test/golden/<stack>.json again: what each stack would create.")
    .addHelpText("after", "\nExample:\n  npm run golden && git diff test/golden")
    .allowExcessArguments(false)
    .parse();
  for (const stack of goldenStacks) {
    const text = goldenText(await evaluateStack(stack));
    const file = goldenFile(stack);
    const changed = !fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text;
    fs.writeFileSync(file, text);
    console.log(
      `${stack}: ${changed ? "changed; read the difference with git diff" : "unchanged"}`,
    );
  }
}

void main();

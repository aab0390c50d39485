import * as path from "node:path";

import { evaluate } from "../lib/stack/evaluate";
import { readStackConfig } from "../lib/stack/stack-config";
import { providers } from "../resources";
import { program } from "../stacks/program";

/** Evaluates the dev stack once and prints the seconds from the first import of the program to its last resource. */
async function main(): Promise<void> {
  const root = path.join(__dirname, "..");
  const { project, values } = readStackConfig(root, "dev");
  const { resources } = await evaluate({
    program,
    providers,
    project,
    stack: "dev",
    config: values,
  });
  console.log(JSON.stringify({ seconds: performance.now() / 1000, resources: resources.length }));
}

void main();

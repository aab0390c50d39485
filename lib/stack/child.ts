// The process that `evaluateApart` starts: takes one request, gives one answer.

import * as path from "node:path";

import type { EvaluationAnswer, EvaluationRequest } from "./apart";
import { evaluate } from "./evaluate";
import { settle } from "./settle";

let told = false;
function tell(message: EvaluationAnswer): void {
  if (!told) process.send!(message);
  told = true;
}

process.once("message", (request: EvaluationRequest) => void answer(request).then(tell));
// Pulumi rejects several promises with what a program throws, and waits for only one of them.
process.on("unhandledRejection", (error) => tell({ error }));
// Whoever asked is gone, or has its answer.
process.once("disconnect", () => process.exit());

async function answer({ root, ...options }: EvaluationRequest): Promise<EvaluationAnswer> {
  try {
    const stack = await evaluate({
      ...options,
      program: async () =>
        ((await import(path.join(root, "index.ts"))) as { default: unknown }).default,
    });
    return { stack: (await settle(stack)) as typeof stack };
  } catch (error) {
    return { error };
  }
}

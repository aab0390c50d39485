// The process that `evaluateApart` starts: takes one request, gives one answer.

import * as path from "node:path";

import type { ChildRequest, EvaluationAnswer } from "./apart";
import { evaluate } from "./evaluate";
import type { Providers } from "./providers";
import { settle } from "./settle";

let told = false;
function tell(message: EvaluationAnswer): void {
  if (!told) process.send!(message);
  told = true;
}

process.once("message", (request: ChildRequest) => void answer(request).then(tell));
// Pulumi rejects several promises with what a program throws, and waits for only one of them.
process.on("unhandledRejection", (error) => tell({ error }));
// Whoever asked is gone, or has its answer.
process.once("disconnect", () => process.exit());

async function answer({
  root,
  providersModule,
  ...options
}: ChildRequest): Promise<EvaluationAnswer> {
  try {
    const { providers } = (await import(providersModule)) as { providers: Providers };
    const stack = await evaluate({
      ...options,
      providers,
      program: async () =>
        ((await import(path.join(root, "index.ts"))) as { default: unknown }).default,
    });
    return { stack: (await settle(stack)) as typeof stack };
  } catch (error) {
    return { error };
  }
}

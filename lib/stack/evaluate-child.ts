// The process that `evaluateInChild` starts: it receives one request and sends one response.

import * as path from "node:path";

import { evaluate } from "./evaluate";
import type { ChildRequest, EvaluationAnswer } from "./evaluate-in-child";
import type { Providers } from "./providers";
import { settle } from "./settle";

let isAnswered = false;
function send(message: EvaluationAnswer): void {
  if (!isAnswered) process.send!(message);
  isAnswered = true;
}

process.once("message", (request: ChildRequest) => void answer(request).then(send));
// When a program throws, Pulumi rejects several promises and awaits only one of them.
process.on("unhandledRejection", (error) => send({ error }));
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
      program: async () => {
        const entry = (await import(path.join(root, "index"))) as { default?: unknown };
        // As Pulumi does: `export =` is the default, and a function is called; other exports are outputs by name.
        const exported = entry.default ?? entry;
        return typeof exported === "function" ? (exported as () => unknown)() : exported;
      },
    });
    return { stack: (await settle(stack)) as typeof stack };
  } catch (error) {
    return { error };
  }
}

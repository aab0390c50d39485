// The process that `evaluateApart` starts: takes one request, gives one answer.

import type { EvaluationAnswer, EvaluationRequest } from "./apart";
import { evaluate, loadProgram } from "./evaluate";
import { settle } from "./settle";

process.once("message", (request: EvaluationRequest) => {
  void answer(request).then((told) => process.send!(told));
});
// Whoever asked is gone, or has its answer.
process.once("disconnect", () => process.exit());

async function answer({ root, ...options }: EvaluationRequest): Promise<EvaluationAnswer> {
  try {
    const stack = await evaluate({ ...options, program: loadProgram(root) });
    return { stack: (await settle(stack)) as typeof stack };
  } catch (error) {
    return { error };
  }
}

import * as path from "node:path";

import { evaluateInChild, type EvaluationRequest } from "../lib/stack/evaluate-in-child";
import type { Evaluation } from "../lib/stack/resource";

/** Evaluates a folder's program in a process of its own, with the providers of this folder. */
export function evaluateProgram(request: EvaluationRequest): Promise<Evaluation> {
  return evaluateInChild({ ...request, providersModule: path.join(__dirname, "index") });
}

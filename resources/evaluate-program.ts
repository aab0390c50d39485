import * as path from "node:path";

import { evaluateApart, type EvaluationRequest } from "../lib/stack/apart";
import type { Evaluation } from "../lib/stack/resource";

/** Evaluates a folder's program in a process of its own, with the providers of this folder. */
export function evaluateProgram(request: EvaluationRequest): Promise<Evaluation> {
  return evaluateApart({ ...request, providersModule: path.join(__dirname, "index") });
}

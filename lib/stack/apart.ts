import { fork } from "node:child_process";
import * as path from "node:path";

import type { Evaluation } from "./resource";

/** A folder's program, and what `evaluate` needs to know of the stack. */
export interface EvaluationRequest {
  /** Folder of the program. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly deviceAddress?: string;
}

/** What the child process receives. */
export interface ChildRequest extends EvaluationRequest {
  /** Module that exports `providers`. */
  readonly providersModule: string;
}

export type EvaluationAnswer = { readonly stack: Evaluation } | { readonly error: unknown };

/**
 * Evaluates a program in a process of its own, which ends with it. Pulumi and the compiler take 150 MiB that a
 * server of files has no use for, and every collection of garbage would walk through them.
 *
 * What the program prints goes to this process's standard error.
 *
 * @throws what `evaluate` throws: its message and stack, of the class only where it is one of JavaScript's own
 */
export async function evaluateApart(request: ChildRequest): Promise<Evaluation> {
  const child = fork(path.join(__dirname, "child.ts"), {
    execArgv: ["-r", "ts-node/register"],
    // Independent of the working directory, which may have a configuration of its own.
    env: { ...process.env, TS_NODE_PROJECT: path.join(__dirname, "..", "..", "tsconfig.json") },
    // JSON would lose what is undefined and what is an Error.
    serialization: "advanced",
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const answer = new Promise<EvaluationAnswer>((resolve, reject) => {
    child.once("message", (message) => resolve(message as EvaluationAnswer));
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`The evaluation of the program ended early (${signal ?? code}).`)),
    );
  });
  child.send(request);
  const told = await answer;
  child.disconnect();
  if ("error" in told) throw told.error;
  return told.stack;
}

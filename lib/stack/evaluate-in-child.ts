import { fork } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import type { Evaluation } from "./resource";

/** A folder's program, and its stack. */
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
 * Evaluates a program in a process of its own, because Pulumi and the compiler take 150 MiB that the caller does not need
 * afterwards. The program's output goes to standard error.
 *
 * @throws The program's error with its message and stack; its class only if it is one of JavaScript's own.
 */
export async function evaluateInChild(request: ChildRequest): Promise<Evaluation> {
  // The published package is compiled JavaScript, the repository TypeScript.
  const child = fork(path.join(__dirname, `evaluate-child${path.extname(__filename)}`), {
    ...typescriptLoader(request.root),
    // JSON has no undefined and no classes of errors.
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
  const received = await answer;
  child.disconnect();
  if ("error" in received) throw received.error;
  return received.stack;
}

/** Loads TypeScript by the program's own configuration, independent of the working directory. */
function typescriptLoader(root: string): { execArgv: string[]; env?: NodeJS.ProcessEnv } {
  const project = path.join(root, "tsconfig.json");
  if (!fs.existsSync(project)) return { execArgv: [] };
  const register = require.resolve("ts-node/register", { paths: [root, __dirname] });
  return { execArgv: ["-r", register], env: { ...process.env, TS_NODE_PROJECT: project } };
}

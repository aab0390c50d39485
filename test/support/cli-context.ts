import type { AwsApi } from "../../cli/core/aws";
import { sdkApi } from "../../cli/core/aws-sdk";
import type { CliContext } from "../../cli/core/context";
import type { RunProgram } from "../../cli/core/run-program";
import { run } from "../../cli/main";
import { root } from "./stack-values";

/** Result of a command line. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  document<T = Record<string, unknown>>(): T;
}

/** A machine without pulumi. */
export const noProgram: RunProgram = () =>
  Promise.resolve({ code: undefined, stdout: "", stderr: "" });

const noAws: AwsApi = {
  call: (service, operation) =>
    Promise.reject(new Error(`The test gives no AWS for ${service} ${operation}.`)),
};

/** A context whose output is discarded. Default: no pulumi, and no access to AWS except to given endpoints. */
export function cliContext(given: Partial<CliContext> = {}): CliContext {
  const stop = given.stop ?? new AbortController().signal;
  return {
    root,
    env: {},
    out: () => undefined,
    error: () => undefined,
    errorIsTerminal: false,
    input: () => Promise.resolve(""),
    ask: () => Promise.resolve(""),
    stop,
    runProgram: noProgram,
    aws: (target) => (target.endpoint === undefined ? noAws : sdkApi(target, stop)),
    now: () => Math.floor(Date.now() / 1000),
    ...given,
  };
}

/** Runs `canal-ftp` in this process, in such a context. */
export async function runCli(
  argv: readonly string[],
  given: Partial<CliContext> = {},
): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const code = await run(
    argv,
    cliContext({
      out: (text) => void (stdout += text),
      error: (text) => void (stderr += text),
      ...given,
    }),
  );
  return {
    code,
    stdout,
    stderr,
    document: <T = Record<string, unknown>>() => JSON.parse(stdout) as T,
  };
}

import type { CliContext } from "../../../cli/core/context";
import type { ProgramResult } from "../../../cli/core/run-program";
import { testKeys, type Lab } from "../../soracom/lab";
import { type Ended, runCli } from "../../support/cli-context";

export { type Ended, noProgram } from "../../support/cli-context";

export type RunOptions = Partial<CliContext>;

/** Runs a command line in this process, with the lab's SORACOM. */
export function run(argv: readonly string[], lab: Lab, options: RunOptions = {}): Promise<Ended> {
  return runCli(argv, {
    runCli: lab.runCli(true),
    clock: lab.clock,
    ...options,
    env: {
      ...testKeys,
      SORACOM_ENDPOINT: lab.api.endpoint,
      CANAL_FTP_POLL_SECONDS: "0.001",
      ...options.env,
    },
  });
}

/** The result of a program that succeeds. */
export function printing(document: unknown): ProgramResult {
  return { code: 0, stdout: `${JSON.stringify(document, null, 4)}\n`, stderr: "" };
}

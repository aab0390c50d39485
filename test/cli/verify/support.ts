import * as path from "node:path";

import type { Surroundings } from "../../../cli/core/surroundings";
import type { Finding } from "../../../cli/core/finding";
import { runVerify } from "../../../cli/verify/program";
import { noTool } from "../core/support";
import { copyProgram, type Change } from "../../support/program-copy";
import { root } from "../../support/golden";
import { runTwin, type RunningTwin } from "../../support/running-twin";
import type { TwinOptions } from "../../../twin/options";

/** What `--json` prints. */
export interface Verified {
  readonly ok: boolean;
  readonly twin: boolean;
  readonly first?: { readonly hop: string; readonly check: string; readonly remedy: string };
  readonly hops: readonly {
    readonly hop: string;
    readonly state: string;
    readonly findings: readonly Finding[];
  }[];
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly document: () => Verified;
}

/** Runs `npm run verify -- …` in this process. */
export async function runIt(
  argv: readonly string[],
  given: Partial<Surroundings> = {},
): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const code = await runVerify(argv, {
    root,
    env: {},
    out: (text) => void (stdout += text),
    error: (text) => void (stderr += text),
    errorIsTerminal: false,
    stop: new AbortController().signal,
    runTool: noTool,
    ...given,
  });
  return { code, stdout, stderr, document: () => JSON.parse(stdout) as Verified };
}

/** Starts a twin of a changed program, and hands its folder over. */
export async function withTwin<T>(
  { changes = [], ...options }: { changes?: readonly Change[] } & Partial<TwinOptions>,
  act: (folder: { data: string; program: string; running: RunningTwin }) => Promise<T>,
): Promise<T> {
  const copy = changes.length > 0 ? copyProgram(changes) : undefined;
  try {
    const running = await runTwin({ ...options, root: copy?.folder });
    try {
      // <data>/buckets/<bucket>
      const data = path.join(running.twin.files, "..", "..");
      return await act({ data, program: copy?.folder ?? root, running });
    } finally {
      await running.stop();
    }
  } finally {
    copy?.remove();
  }
}

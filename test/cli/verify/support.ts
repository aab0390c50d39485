import * as path from "node:path";

import type { CliContext } from "../../../cli/core/context";
import type { Finding } from "../../../cli/core/findings";
import { runCli } from "../../support/cli-context";
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

/** Runs `canal-ftp verify …` in this process. */
export async function runIt(
  argv: readonly string[],
  given: Partial<CliContext> = {},
): Promise<Ended> {
  const ended = await runCli(["verify", ...argv], given);
  return { ...ended, document: () => ended.document<Verified>() };
}

/** Starts a twin of a changed program, and hands its folder over. */
export async function withTwin<T>(
  { changes = [], ...options }: { changes?: readonly Change[] } & Partial<TwinOptions>,
  act: (folder: { data: string; program: string; running: RunningTwin }) => Promise<T>,
): Promise<T> {
  const copy = changes.length > 0 ? copyProgram(changes) : undefined;
  try {
    // A port that is not reachable answers with a reset, so that no client waits for its time limit.
    const running = await runTwin({ refusal: "reset", ...options, root: copy?.folder });
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

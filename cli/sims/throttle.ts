import { sleep } from "../../soracom/run-control";
import type { RunCli } from "../../soracom/run-cli";

/** The same CLI with at most so many calls per second, evenly spaced. Rejects with Stopped when the signal is aborted. */
export function throttled(runCli: RunCli, perSecond: number, stop: AbortSignal): RunCli {
  const control = { pollMs: 0, stop, say: () => undefined };
  let next = 0;
  return async (args, env) => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1000 / perSecond;
    if (at > now) await sleep(control, at - now);
    return runCli(args, env);
  };
}

import { Clock } from "./clock";
import { DriverError, Stopped } from "./errors";
import { defaultRequestsPerSecond } from "./rates";

/** The waits of a run for SORACOM: interval, timeout, stop signal and progress. */
export interface RunControl {
  /** Milliseconds between two reads of SORACOM. */
  readonly pollMs: number;
  /** The longest wait for one state, in seconds. */
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  /** Aborted when the run must stop before its next call. */
  readonly stop: AbortSignal;
  /** Prints one line of progress. */
  log(line: string): void;
}

/** Seconds between two reads. */
export const pollSeconds = 5;

/** Milliseconds after which an unchanged state is printed again, so that a long wait shows progress. */
const remindMs = 30_000;

/**
 * Reads the waits of a run from its environment: CANAL_FTP_POLL_SECONDS, the seconds between two reads (5);
 * CANAL_FTP_TIMEOUT_MINUTES, the minutes to wait for a VPG to run, and for VPG, peering or group to be gone (15);
 * CANAL_FTP_CALLS_PER_MINUTE, the CLI's calls on one path and its log-ins (60); CANAL_FTP_REQUESTS_PER_SECOND, the
 * requests to the API for SIMs (10). They are settings of a run and not inputs of
 * a Command: a changed input would update VPG and peering, and make their ids unknown in a preview.
 * Throws a DriverError when a variable is not a number in its range.
 */
export function readTimes(env: NodeJS.ProcessEnv): Pick<RunControl, "pollMs" | "timeoutSeconds"> & {
  callsPerMinute: number;
  requestsPerSecond: number;
} {
  return {
    pollMs: 1000 * read(env, "CANAL_FTP_POLL_SECONDS", "seconds", pollSeconds, 3600),
    timeoutSeconds: 60 * read(env, "CANAL_FTP_TIMEOUT_MINUTES", "minutes", 15, 180),
    requestsPerSecond: read(
      env,
      "CANAL_FTP_REQUESTS_PER_SECOND",
      "requests",
      defaultRequestsPerSecond,
      1000,
    ),
    callsPerMinute: Math.ceil(read(env, "CANAL_FTP_CALLS_PER_MINUTE", "calls", 60, 1_000_000)),
  };
}

function read(
  env: NodeJS.ProcessEnv,
  name: string,
  unit: string,
  byDefault: number,
  most: number,
): number {
  const text = env[name];
  if (text === undefined || text === "") return byDefault;
  const value = Number(text);
  if (value > 0 && value <= most) return value;
  throw new DriverError(
    `${name} must be a number of ${unit}, more than 0 and at most ${most}, not "${text}".`,
  );
}

/** Throws Stopped when the run was requested to stop. Called before every call and every sleep. */
export function checkStop(control: Pick<RunControl, "stop">): void {
  if (control.stop.aborted) {
    throw new Stopped(
      "Stopped between two calls; completed changes stay, and the same command continues from there.",
    );
  }
}

/** Sleeps. Rejects early with Stopped when the run is requested to stop. */
export async function sleep(
  control: Pick<RunControl, "clock" | "stop">,
  ms: number,
): Promise<void> {
  checkStop(control);
  await control.clock.delay(ms, control.stop);
  checkStop(control);
}

/**
 * Calls `check` every `pollMs` until it returns `done`, and returns that value. The string that `check` otherwise
 * returns in `state` is printed when it changes and every 30 s. Throws a DriverError that names `what` after the
 * timeout.
 */
export async function waitFor<T>(
  control: RunControl,
  what: string,
  check: () => Promise<{ done: T } | { state: string }>,
): Promise<T> {
  const seconds = control.timeoutSeconds;
  const start = control.clock.now();
  let reported = { state: "", at: 0 };
  for (;;) {
    const result = await check();
    if ("done" in result) return result.done;
    const now = control.clock.now();
    if (result.state !== reported.state || now - reported.at >= remindMs) {
      control.log(`waiting for ${what}: ${result.state} (${Math.round((now - start) / 1000)} s)`);
      reported = { state: result.state, at: now };
    }
    if (now - start >= seconds * 1000) {
      throw new DriverError(
        `Waited ${seconds} s for ${what}, which is still ${result.state}. Run the same command again to continue waiting; CANAL_FTP_TIMEOUT_MINUTES in its environment sets how long.`,
      );
    }
    await sleep(control, control.pollMs);
  }
}

import { setTimeout as delay } from "node:timers/promises";
import { DriverError, Stopped } from "./errors";

/** How a run waits for SORACOM: how often it reads, when it stops, and where progress goes. */
export interface RunControl {
  /** Milliseconds between two reads of SORACOM. */
  readonly pollMs: number;
  /** Aborted when the run is to stop before its next call. */
  readonly stop: AbortSignal;
  /** Prints one line of progress. */
  say(line: string): void;
}

/** Seconds between two reads; CANAL_FTP_POLL_SECONDS overrides it. */
export const pollSeconds = 5;

/** An unchanged state is printed again this often, so that a long wait shows progress. */
const remindMs = 30_000;

/**
 * Milliseconds between two reads, from CANAL_FTP_POLL_SECONDS (default 5; fractions are allowed).
 * Throws a DriverError when the variable is no positive number.
 */
export function pollMsFrom(env: NodeJS.ProcessEnv): number {
  const text = env.CANAL_FTP_POLL_SECONDS;
  if (text === undefined || text === "") return pollSeconds * 1000;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new DriverError(`CANAL_FTP_POLL_SECONDS must be a number of seconds, not "${text}".`);
  }
  return seconds * 1000;
}

/** Throws Stopped when the run was asked to stop. Called before every call and every sleep. */
export function checkStop(control: RunControl): void {
  if (control.stop.aborted) {
    throw new Stopped(
      "Stopped between two calls as asked; what was done so far stays, and running the same command again continues from there.",
    );
  }
}

/** Sleeps, waking early (with Stopped) when the run is asked to stop. */
export async function sleep(control: RunControl, ms: number): Promise<void> {
  checkStop(control);
  await delay(ms, undefined, { signal: control.stop }).catch(() => undefined);
  checkStop(control);
}

/**
 * Calls `look` every `pollMs` until it returns something, and returns that.
 * `look` may instead return a string in `state`, which is printed when it changes and every 30 s.
 * Throws a DriverError naming `what` when `seconds` have passed.
 */
export async function waitFor<T>(
  control: RunControl,
  what: string,
  seconds: number,
  look: () => Promise<{ done: T } | { state: string }>,
): Promise<T> {
  const start = Date.now();
  let said = { state: "", at: 0 };
  for (;;) {
    const seen = await look();
    if ("done" in seen) return seen.done;
    const now = Date.now();
    if (now - start >= seconds * 1000) {
      throw new DriverError(
        `Waited ${seconds} s for ${what}, which is still ${seen.state}. Running the same command again goes on waiting; canal-ftp:soracomTimeoutMinutes sets how long.`,
      );
    }
    if (seen.state !== said.state || now - said.at >= remindMs) {
      control.say(`waiting for ${what}: ${seen.state} (${Math.round((now - start) / 1000)} s)`);
      said = { state: seen.state, at: now };
    }
    await sleep(control, control.pollMs);
  }
}

import { toUserError } from "../core/errors";
import type { Finding, State } from "../core/findings";
import type { Subject } from "./subject";

/** One hop of a file's way. */
export interface Hop {
  readonly name: string;
  /** What was found there. What it rejects with is told as not looked at. */
  readonly check: (subject: Subject) => Promise<readonly Finding[]>;
}

export interface HopResult {
  readonly hop: string;
  readonly findings: readonly Finding[];
}

/** How a hop is: broken before unknown before well. */
export type HopState = "ok" | "broken" | "unknown" | "note";

const bad: readonly State[] = ["drift", "failed"];

export const isBroken = ({ state }: Finding): boolean => bad.includes(state);

export function stateOf(findings: readonly Finding[]): HopState {
  if (findings.some(isBroken)) return "broken";
  if (findings.some(({ state }) => state === "unknown")) return "unknown";
  return findings.length > 0 && findings.every(({ state }) => state === "note") ? "note" : "ok";
}

/** Something that could not be looked at, and why. */
export function unseen(check: string, error: unknown): Finding {
  const remedy = toUserError(error).message;
  return { check, state: "unknown", found: "could not be looked at", remedy };
}

/** What a site without Canal has nothing of. */
export function withoutCanal(check: string): Finding {
  return { check, state: "note", found: "none: canal-ftp:canal is none" };
}

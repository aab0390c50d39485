import { toUserError } from "../core/errors";
import type { Finding, State } from "../core/findings";
import type { Subject } from "./subject";

/** One step of a file's path from the device to the bucket. */
export interface Hop {
  readonly name: string;
  /** The findings there. A rejection is reported as "could not be checked". */
  readonly check: (subject: Subject) => Promise<readonly Finding[]>;
}

export interface HopResult {
  readonly hop: string;
  readonly findings: readonly Finding[];
}

/** The worst of its findings decides. */
export type HopState = "ok" | "broken" | "unknown" | "note";

const bad: readonly State[] = ["drift", "failed"];

export const isBroken = ({ state }: Finding): boolean => bad.includes(state);

export function stateOf(findings: readonly Finding[]): HopState {
  if (findings.some(isBroken)) return "broken";
  if (findings.some(({ state }) => state === "unknown")) return "unknown";
  return findings.length > 0 && findings.every(({ state }) => state === "note") ? "note" : "ok";
}

/** A check that was not possible, with the reason. */
export function notChecked(check: string, error: unknown): Finding {
  const remedy = toUserError(error).message;
  return { check, state: "unknown", found: "could not be checked", remedy };
}

/** A check that does not apply to a site without Canal. */
export function withoutCanal(check: string): Finding {
  return { check, state: "note", found: "not applicable: canal-ftp:canal is none" };
}

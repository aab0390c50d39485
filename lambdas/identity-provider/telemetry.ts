/**
 * One line of JSON per decision, with metrics.
 *
 * Metrics by FunctionName: Granted, Denied, Locked (also counted in Denied), Error, FailingNames (names that failed from
 * one address in the window, this one included) and Latency (milliseconds); Denied also by FunctionName and Reason. A
 * line has only those that occurred.
 */
import { metricLine } from "../shared/metrics";
import type { Note, Refusal } from "./decision";

/** The logged facts of an attempt, without passwords, hashes and keys. */
export interface Observation {
  readonly outcome: "granted" | "denied" | "error";
  /** The reason of a refusal, the method of a grant, or the error. */
  readonly reason: Refusal | "password" | "remembered" | (string & {});
  /**
   * A digest when the name is not on record, because users sometimes type the password there. Undefined for an
   * invalid name.
   */
  readonly user?: string;
  readonly address?: string;
  readonly serverId?: string;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly notes?: readonly Note[];
  readonly failingNames?: number;
}

/**
 * The line, without its line ending.
 *
 * @param functionName - Value of the dimension FunctionName, which separates two stacks in one account.
 * @param timestamp - Epoch milliseconds.
 */
export function telemetryLine(
  { outcome, reason, milliseconds, notes = [], failingNames, ...rest }: Observation,
  functionName: string,
  timestamp: number,
): string {
  const counted = {
    granted: ["Granted"],
    denied: reason === "locked" ? ["Denied", "Locked"] : ["Denied"],
    error: ["Error"],
  }[outcome];
  return metricLine({
    fields: { outcome, Reason: reason, ...rest, ...(notes.length > 0 && { notes }) },
    metrics: [
      ...counted.map((name) => ({ name, value: 1 })),
      ...(failingNames === undefined ? [] : [{ name: "FailingNames", value: failingNames }]),
      { name: "Latency", value: Math.round(milliseconds * 10) / 10, unit: "Milliseconds" },
    ],
    dividedBy: outcome === "denied" ? "Reason" : undefined,
    functionName,
    timestamp,
  });
}

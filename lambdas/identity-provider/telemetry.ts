/**
 * One line of JSON per decision, with metrics.
 *
 * Metrics by FunctionName: Granted, Denied, Locked (also counted in Denied), Error, FailingNames (names that failed from
 * one address in the window, this one included) and Latency (milliseconds); Denied also by FunctionName and Reason. A
 * line has only those that occurred.
 */
import { metricLine } from "../shared/metrics";
import type { Note, Refusal } from "./decision";

/** What is logged of an attempt. There is no field for a password, a hash or a key. */
export interface Observation {
  readonly outcome: "granted" | "denied" | "error";
  /** Why refused, how granted, or what broke. */
  readonly reason: Refusal | "password" | "remembered" | (string & {});
  /** A digest when the name is not on record: users sometimes type the password there. Undefined when it is no name. */
  readonly user?: string;
  readonly address?: string;
  readonly serverId?: string;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly notes?: readonly Note[];
  readonly failingNames?: number;
}

/**
 * The line, without its end.
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

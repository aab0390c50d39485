import { exitCodes } from "./failure";
import type { Surroundings } from "./surroundings";
import { formatTable } from "./table";

/**
 * - `drift`, `failed`: not as it has to be.
 * - `note`: worth knowing, and no reason to do anything.
 * - `unknown`: could not be looked at.
 */
export type State = "ok" | "drift" | "failed" | "note" | "unknown";

/** What one look found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly state: State;
  readonly found: string;
  /** What it has to be; told where it is not. */
  readonly wanted?: string;
  /** A sentence on what to do. */
  readonly remedy?: string;
}

/** A comparison of what is with what has to be. */
export function compare(
  check: string,
  found: unknown,
  wanted: unknown,
  remedy: string,
  bad: "drift" | "failed" = "drift",
): Finding {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return text(found) === text(wanted)
    ? { check, state: "ok", found: text(found) }
    : { check, state: bad, found: text(found) ?? "not told", wanted: text(wanted), remedy };
}

/** Lines in a table at most; `--json` has all. */
const MOST_LINES = 60;

/** Tells the findings to people or machines. Returns the exit code. */
export function tellFindings(
  stack: string,
  findings: readonly Finding[],
  json: boolean,
  { out }: Surroundings,
): number {
  const isBad = findings.some(({ state }) => state === "drift" || state === "failed");
  const isUnknown = findings.some(({ state }) => state === "unknown");
  if (json) out(`${JSON.stringify({ stack, ok: !isBad && !isUnknown, findings })}\n`);
  else out(describeFindings(findings));
  if (isBad) return exitCodes.failed;
  return isUnknown ? exitCodes.unknown : exitCodes.done;
}

function describeFindings(findings: readonly Finding[]): string {
  const rows = findings
    .slice(0, MOST_LINES)
    .map(({ check, state, found, wanted }) => [
      state === "drift" || state === "failed" ? state.toUpperCase() : state,
      check,
      wanted === undefined ? found : `${found}; wanted ${wanted}`,
    ]);
  const more = findings.length - rows.length;
  const remedies = [...new Set(findings.flatMap(({ remedy }) => remedy ?? []))];
  return [
    formatTable(["", "what", "found"], rows),
    ...(more > 0 ? [`and ${more} more; --json tells all\n`] : []),
    ...(remedies.length > 0 ? ["\n", ...remedies.map((remedy) => `- ${remedy}\n`)] : []),
  ].join("");
}

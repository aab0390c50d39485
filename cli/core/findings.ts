import type { CliContext } from "./context";
import { exitCodes } from "./errors";
import { formatTable } from "./table";

/**
 * - `drift`, `failed`: differs from what it has to be.
 * - `note`: information that needs no action.
 * - `unknown`: could not be checked.
 */
export type State = "ok" | "drift" | "failed" | "note" | "unknown";

/** Result of one check. */
export interface Finding {
  /** What was checked. */
  readonly check: string;
  readonly state: State;
  readonly found: string;
  /** What it has to be, if it differs. */
  readonly expected?: string;
  /** A sentence that states what to do. */
  readonly remedy?: string;
}

/** Compares the actual with the expected value. */
export function compare(
  check: string,
  found: unknown,
  expected: unknown,
  remedy: string,
  bad: "drift" | "failed" = "drift",
): Finding {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return text(found) === text(expected)
    ? { check, state: "ok", found: text(found) }
    : { check, state: bad, found: text(found) ?? "not reported", expected: text(expected), remedy };
}

/** Most lines in a table; `--json` prints all. */
const maxLines = 60;

/** Prints the findings as a table or as JSON, and returns the exit code. */
export function printFindings(
  stack: string,
  findings: readonly Finding[],
  json: boolean | undefined,
  { out }: CliContext,
): number {
  const isBad = findings.some(({ state }) => state === "drift" || state === "failed");
  const isUnknown = findings.some(({ state }) => state === "unknown");
  if (json) out(`${JSON.stringify({ stack, ok: !isBad && !isUnknown, findings })}\n`);
  else out(describeFindings(findings));
  if (isBad) return exitCodes.failed;
  return isUnknown ? exitCodes.unchecked : exitCodes.ok;
}

function describeFindings(findings: readonly Finding[]): string {
  const rows = findings
    .slice(0, maxLines)
    .map(({ check, state, found, expected }) => [
      state === "drift" || state === "failed" ? state.toUpperCase() : state,
      check,
      expected === undefined ? found : `${found}; expected ${expected}`,
    ]);
  const more = findings.length - rows.length;
  const remedies = [...new Set(findings.flatMap(({ remedy }) => remedy ?? []))];
  return [
    formatTable(["", "what", "found"], rows),
    ...(more > 0 ? [`and ${more} more; --json prints all\n`] : []),
    ...(remedies.length > 0 ? ["\n", ...remedies.map((remedy) => `- ${remedy}\n`)] : []),
  ].join("");
}

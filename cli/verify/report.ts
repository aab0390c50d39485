import { exitCodes } from "../core/errors";
import type { Finding } from "../core/findings";
import type { CliContext } from "../core/context";
import { formatTable } from "../core/table";
import { isBroken, stateOf, type HopResult } from "./hop";
import type { Subject } from "./subject";

/** Prints the findings of every hop, as a table or as JSON. Returns the exit code. */
export function printHops(
  { stack, running }: Pick<Subject, "stack" | "running">,
  results: readonly HopResult[],
  json: boolean | undefined,
  { out }: Pick<CliContext, "out">,
): number {
  const hops = results.map(({ hop, findings }) => ({ hop, state: stateOf(findings), findings }));
  const broken = hops.find(({ state }) => state === "broken");
  const isUnknown = hops.some(({ state }) => state === "unknown");
  const cause = broken?.findings.find(isBroken);
  const first = broken && { hop: broken.hop, check: cause?.check, remedy: cause?.remedy };
  if (json) {
    const ok = !broken && !isUnknown;
    out(`${JSON.stringify({ stack, twin: running !== undefined, ok, first, hops })}\n`);
  } else {
    const rows = hops.map(({ hop, state, findings }, index) => [
      String(index + 1),
      hop,
      state === "broken" ? "BROKEN" : state,
      summary(findings),
    ]);
    out(formatTable(["", "hop", "", "found"], rows));
    out(hops.flatMap(({ findings }) => findings.filter(isNotable).map(detail)).join(""));
    if (first) {
      out(`\nFirst broken hop: ${first.hop} (${first.check}).\n${first.remedy}\n`);
      if (running) {
        out(
          "The twin runs what the program defines: correct the program, then restart the twin.\n",
        );
      }
    }
  }
  if (broken) return exitCodes.failed;
  return isUnknown ? exitCodes.unchecked : exitCodes.ok;
}

const isNotable = (finding: Finding) => isBroken(finding) || finding.state === "unknown";

/** The first two problems, or without any the first two findings. */
function summary(findings: readonly Finding[]): string {
  const notable = findings.filter(isNotable);
  const all = notable.length > 0 ? notable : findings;
  const shown = all.slice(0, 2).map(({ check, found }) => `${check}: ${found}`);
  return [...shown, ...(all.length > 2 ? [`${all.length - 2} more`] : [])].join("; ");
}

function detail({ check, found, expected, remedy, state }: Finding): string {
  const what = expected === undefined ? found : `${found}; expected ${expected}`;
  return `\n${state === "unknown" ? "?" : "-"} ${check}: ${what}\n  ${remedy ?? ""}\n`;
}

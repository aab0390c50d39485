import { exitCodes } from "../core/errors";
import type { Finding } from "../core/findings";
import type { CliContext } from "../core/context";
import { formatTable } from "../core/table";
import { isBroken, stateOf, type HopResult } from "./hop";
import type { Subject } from "./subject";

/** Tells what was found, hop by hop, to people or machines. Returns the exit code. */
export function tellHops(
  { stack, running }: Pick<Subject, "stack" | "running">,
  results: readonly HopResult[],
  json: boolean | undefined,
  { out }: CliContext,
): number {
  const hops = results.map(({ hop, findings }) => ({ hop, state: stateOf(findings), findings }));
  const broken = hops.find(({ state }) => state === "broken");
  const isUnknown = hops.some(({ state }) => state === "unknown");
  const cause = broken?.findings.find(isBroken);
  const first = broken && {
    hop: broken.hop,
    check: cause?.check,
    remedy: cause?.remedy,
  };
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
    out(hops.flatMap(({ findings }) => findings.filter(isTelling).map(detail)).join(""));
    if (first) {
      out(`\nFirst broken hop: ${first.hop} (${first.check}).\n${first.remedy}\n`);
      if (running)
        out("The twin shows what the program makes: correct that, then start it again.\n");
    }
  }
  if (broken) return exitCodes.failed;
  return isUnknown ? exitCodes.unchecked : exitCodes.ok;
}

const isTelling = (finding: Finding) => isBroken(finding) || finding.state === "unknown";

/** What is wrong, or else the first two things that are right. */
function summary(findings: readonly Finding[]): string {
  const telling = findings.filter(isTelling);
  const rest = telling.length > 0 ? telling : findings;
  const shown = rest.slice(0, 2).map(({ check, found }) => `${check}: ${found}`);
  return [...shown, ...(rest.length > 2 ? [`${rest.length - 2} more`] : [])].join("; ");
}

function detail({ check, found, wanted, remedy, state }: Finding): string {
  const what = wanted === undefined ? found : `${found}; wanted ${wanted}`;
  return `\n${state === "unknown" ? "?" : "-"} ${check}: ${what}\n  ${remedy ?? ""}\n`;
}

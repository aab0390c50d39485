import type { Finding, Severity } from "./finding";
import type { SessionSummary } from "./report";

const order: readonly Severity[] = ["fails", "risk", "note"];

/** The report of a session as lines of text: the most severe findings first, each with its line and remedy. */
export function summaryLines(summary: SessionSummary): string[] {
  const { session, address, source, user, uploads, downloads, bytes, findings } = summary;
  const moved = `${uploads} stored, ${downloads} fetched, ${bytes} bytes`;
  const seen = source === address ? address : `${address} (seen as ${source})`;
  const head = `session ${session.slice(0, 8)} of ${user ?? "no user"} from ${seen}: ${moved}`;
  if (findings.length === 0) {
    return [`${head}; no findings`];
  }
  const sorted = [...findings].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
  return [head, ...sorted.flatMap(findingLines)];
}

/** A finding in one line, for its first occurrence. */
export function findingLine({ rule, severity, problem, remedy }: Finding): string {
  return `${severity} ${rule}: ${problem} ${remedy}`;
}

/** A finding in two lines, or three with its line of the dialogue. */
function findingLines({ rule, severity, problem, remedy, line }: Finding): string[] {
  return [
    `  ${severity.padEnd(5)} ${rule}: ${problem}`,
    ...(line === undefined ? [] : [`        line:   ${line}`]),
    `        remedy: ${remedy}`,
  ];
}

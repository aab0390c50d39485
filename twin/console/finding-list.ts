import type { Finding } from "../compatibility/finding";
import { clip, Latest } from "./bounded";
import type { ShownFinding } from "./updates";

/** The most findings, each once for a rule and a user. */
const maxFindings = 100;

/** The findings of the compatibility report over all sessions. */
export class FindingList {
  private readonly kept = new Latest<string, ShownFinding>(maxFindings);

  add(finding: Finding, user: string | undefined, at: number): ShownFinding {
    const { rule, severity, problem, remedy, line } = finding;
    const key = `${rule} ${user ?? ""}`;
    const shown: ShownFinding = {
      ...{ rule, severity, remedy, user, at },
      problem: clip(problem),
      line: line === undefined ? undefined : clip(line),
      sessions: (this.kept.get(key)?.sessions ?? 0) + 1,
    };
    this.kept.set(key, shown, ({ severity }) => severity === "note");
    return shown;
  }

  get all(): readonly ShownFinding[] {
    return this.kept.all;
  }
}

import type { Finding } from "../compatibility/finding";
import { clip, Latest } from "./bounded";
import type { ShownFinding } from "./change";

/** Problems that are kept, each once for a rule and a user. */
const MOST_FINDINGS = 100;

/** The compatibility report over all sessions. */
export class FindingBook {
  private readonly kept = new Latest<string, ShownFinding>(MOST_FINDINGS);

  take(finding: Finding, user: string | undefined, at: number): ShownFinding {
    const { rule, severity, problem, remedy, line } = finding;
    const key = `${rule} ${user ?? ""}`;
    const shown = {
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

import { clip, Dialogue } from "./dialogue";
import type { Finding, Rule, TimedEvent } from "./finding";
import { commandRules } from "./rules/commands";
import { dataConnectionRules } from "./rules/data-connection";
import { fileRules } from "./rules/files";
import { loginRules } from "./rules/login";
import { nameRules } from "./rules/names";
import { sessionRules } from "./rules/session";

export const allRules: readonly Rule[] = [
  ...dataConnectionRules,
  ...commandRules,
  ...fileRules,
  ...nameRules,
  ...loginRules,
  ...sessionRules,
];

/** Checks one session and reports each problem once. */
export class SessionCheck {
  readonly dialogue = new Dialogue();
  private readonly found = new Map<string, Finding>();

  /** The problems that this event shows for the first time. */
  handle({ event, at }: TimedEvent): Finding[] {
    const findings: Finding[] = [];
    for (const { id, severity, remedy, detect } of allRules) {
      const problem = this.found.has(id) ? undefined : detect(event, this.dialogue, at);
      if (problem) {
        const line = event.kind === "command" ? clip(event.line) : this.dialogue.shownLine;
        const finding = { rule: id, severity, problem: clip(problem), remedy, line };
        this.found.set(id, finding);
        findings.push(finding);
      }
    }
    this.dialogue.update(event, at);
    return findings;
  }

  get findings(): Finding[] {
    return [...this.found.values()];
  }
}

import type { Decision } from "../../lib/iam";

/** Told the chain of a refusal, line by line. */
export type Explain = (lines: readonly string[]) => void;

/** How a decision came about: every statement that was looked at, in order, and what is not understood. */
export function explanation(what: string, decision: Decision): string[] {
  return [`${what}: ${decision.allowed ? "allowed" : "refused"}`, ...statementLines(decision)];
}

/** A line for each statement of a decision, indented. */
export function statementLines({ steps, problems }: Decision): string[] {
  return [
    ...steps.map(({ source, sid, effect, outcome, why }) => {
      const statement = sid === undefined ? effect : `${effect} "${sid}"`;
      return `  ${source}, ${statement} ${outcome}: ${why}`;
    }),
    ...(steps.length === 0 ? ["  no statement of any policy was looked at"] : []),
    ...problems.map((problem) => `  not understood: ${problem}`),
  ];
}

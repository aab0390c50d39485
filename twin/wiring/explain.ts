import type { Decision } from "../../lib/iam";

/** Receives the explanation of a refusal, line by line. */
export type ExplainListener = (lines: readonly string[]) => void;

/** Explains a decision: the request, then every statement that was evaluated and what could not be evaluated. */
export function explainDecision(request: string, decision: Decision): string[] {
  return [`${request}: ${decision.allowed ? "allowed" : "denied"}`, ...statementLines(decision)];
}

/** An indented line for each statement of a decision. */
export function statementLines({ steps, problems }: Decision): string[] {
  return [
    ...steps.map(({ source, sid, effect, outcome, why }) => {
      const statement = sid === undefined ? effect : `${effect} "${sid}"`;
      return `  ${source}, ${statement} ${outcome}: ${why}`;
    }),
    ...(steps.length === 0 ? ["  no statement of any policy was evaluated"] : []),
    ...problems.map((problem) => `  could not be evaluated: ${problem}`),
  ];
}

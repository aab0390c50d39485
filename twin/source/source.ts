import type { EvaluatedStack } from "../../lib/stack/resource";
import type { TwinUser } from "../options";

/** A stack to serve, and its users. */
export interface SourceStack {
  readonly stack: EvaluatedStack;
  /** Users whose passwords are known; the stack may have others. */
  readonly users: readonly TwinUser[];
  /** Whether the twin adds these users to the stack's store, because the stack does not create them. */
  readonly putUsers: boolean;
}

/**
 * The source of the stack: a program that is evaluated (program.ts), or the exported state of a deployed stack
 * (state.ts).
 *
 * @param notice - Receives what was left out or generated.
 */
export type StackSource = (notice: (text: string) => void) => Promise<SourceStack>;

import type { EvaluatedStack } from "../../lib/stack/resource";
import type { TwinUser } from "../options";

/** A stack to serve, and who can log in. */
export interface FoundStack {
  readonly stack: EvaluatedStack;
  /** Users whose passwords are known here; the stack may have others. */
  readonly users: readonly TwinUser[];
  /** Whether the twin puts these users where the stack keeps its own, because the stack does not make them. */
  readonly putUsers: boolean;
}

/**
 * Where the stack comes from: a program that is evaluated (program.ts), or what `pulumi stack export` tells of a
 * deployed one (state.ts).
 *
 * @param notice told of everything that had to be left out or made up
 */
export type StackSource = (notice: (text: string) => void) => Promise<FoundStack>;

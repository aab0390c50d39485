/** The result of an authorization, with the statements that led to it. */
import type { Effect } from "./policy";

/** The result of one statement. */
export interface Step {
  /** The resource that carries the policy. */
  readonly source: string;
  readonly sid?: string;
  readonly effect: Effect;
  readonly outcome: "applies" | "does not apply";
  /** The reason, as a sentence part. */
  readonly why: string;
}

export type Decision = {
  /** Every statement evaluated, in order: identity, session, resource. */
  readonly steps: readonly Step[];
  /** What could not be evaluated and therefore grants nothing. Reported even when the request is allowed. */
  readonly problems: readonly string[];
} & (
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** One sentence that names the policy and the missing Allow or the Deny. */
      readonly reason: string;
    }
);

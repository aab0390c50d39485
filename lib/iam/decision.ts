/** The answer to "may this be done?", with the chain that led to it. */
import type { Effect } from "./policy";

/** What one statement said. */
export interface Step {
  /** The resource that carries the policy. */
  readonly source: string;
  readonly sid?: string;
  readonly effect: Effect;
  readonly outcome: "applies" | "does not apply";
  /** Why, as a sentence part. */
  readonly why: string;
}

/** A Decision can stand wherever a verdict of `allowed` with a `reason` is asked for. */
export type Decision = {
  /** Every statement looked at, in order: identity, session, resource. */
  readonly steps: readonly Step[];
  /** What this evaluator does not know and therefore did not let through; worth telling even when allowed. */
  readonly problems: readonly string[];
} & (
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** One sentence naming the policy and what is missing or in the way. */
      readonly reason: string;
    }
);

/**
 * Policy documents as typed values. Source: IAM User Guide, "Grammar of the IAM JSON policy language" and the
 * "IAM JSON policy elements" pages.
 */

/** A policy document with the name of the resource it belongs to. */
export interface NamedPolicy {
  /** For messages, for example `aws:iam/rolePolicy:RolePolicy::files-policy`. */
  readonly source: string;
  /** JSON text, or the parsed value. */
  readonly document: unknown;
}

/**
 * The kind decides which elements a policy must and must not have: identity and session policies name no principal,
 * trust policies name no resource, resource policies name both.
 */
export type PolicyKind = "identity" | "session" | "resource" | "trust";

export type Effect = "Allow" | "Deny";

/** Action or Resource, or with `not` NotAction or NotResource. */
export interface Selection {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface PrincipalEntry {
  readonly type: "AWS" | "Service" | "Federated";
  readonly value: string;
}

/** Principal, or with `not` NotPrincipal. `"*"` becomes the entry AWS `*`, which is equivalent. */
export interface PrincipalSelection {
  readonly not: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** One operator on one key. The operator is as written and may be unknown. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly sid?: string;
  /** For messages: `statement "ReadOwn"`, or `statement 2` when it has no Sid. */
  readonly label: string;
  readonly effect: Effect;
  readonly actions: Selection;
  /** Absent in trust policies. */
  readonly resources?: Selection;
  /** Absent in identity and session policies. */
  readonly principals?: PrincipalSelection;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly source: string;
  /** Whether `${…}` is a variable: only since version 2012-10-17. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
}

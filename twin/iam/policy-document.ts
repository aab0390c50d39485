/**
 * Policy documents as typed values. Source: IAM User Guide, "Grammar of the IAM JSON policy language" and the
 * "IAM JSON policy elements" pages.
 */
import { fail, isRecord, refuseUnknown } from "./policy-error";
import { parseStatement } from "./policy-statement";

/** A policy as the stack holds it, with the name of the resource that carries it. */
export interface NamedPolicy {
  /** For messages, for example `aws:iam/rolePolicy:RolePolicy::files-policy`. */
  readonly source: string;
  /** JSON text, or what it parses to. */
  readonly document: unknown;
}

/**
 * Where a policy is attached decides which elements it must and must not have: identity and session policies name
 * no principal, trust policies name no resource, resource policies name both.
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

/** Principal, or with `not` NotPrincipal. `"*"` is the entry AWS `*`, as it is in AWS. */
export interface PrincipalSelection {
  readonly not: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** One operator on one key. The operator is as written; it may be unknown. */
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

/** AWS STS refuses a longer session policy; counted in the text, so only where the text is given. */
const SESSION_POLICY_LIMIT = 2048;

/**
 * Reads a policy of a kind.
 * @throws PolicyError naming the policy and the element for malformed JSON, an element that is missing, unknown or
 *   not allowed in this kind of policy, and a value of the wrong form.
 */
export function parsePolicy({ source, document }: NamedPolicy, kind: PolicyKind): Policy {
  if (kind === "session" && typeof document === "string" && document.length > SESSION_POLICY_LIMIT)
    fail(
      source,
      "document",
      `has ${document.length} characters; a session policy has at most 2048`,
    );
  const root = typeof document === "string" ? parseJson(source, document) : document;
  if (!isRecord(root)) fail(source, "document", "is not a JSON object");
  refuseUnknown(source, "document", root, ["Version", "Id", "Statement"]);
  const version = root.Version ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17")
    fail(source, "Version", `is ${JSON.stringify(version)}, not "2012-10-17" or "2008-10-17"`);
  const hasVariables = version === "2012-10-17";

  const list = Array.isArray(root.Statement) ? root.Statement : [root.Statement];
  if (list.length === 0) fail(source, "Statement", "is empty");
  const statements = list.map((statement: unknown, index) =>
    parseStatement(statement, { source, kind, hasVariables, index }),
  );
  const sids = statements.flatMap(({ sid }) => (sid ? [sid] : []));
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (repeated !== undefined) fail(source, "Sid", `"${repeated}" is used twice`);
  return { source, hasVariables, statements };
}

function parseJson(source: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail(source, "document", `is not JSON: ${(error as Error).message}`);
  }
}

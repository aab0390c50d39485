/** Parses policy documents. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
import type { NamedPolicy, Policy, PolicyKind } from "./policy";
import { fail, isRecord, rejectUnknown } from "./policy-error";
import { parseStatement } from "./policy-statement";

/** The longest session policy AWS STS accepts, in characters. Checked only where the policy is given as text. */
const sessionPolicyLimit = 2048;

/** Policies given as text, parsed: each request is evaluated by the same few. */
const parsed = new Map<string, Policy>();
const maxParsed = 1000;

/**
 * Parses a policy and checks it for its kind.
 *
 * @throws PolicyError that names the policy and the element, for malformed JSON, an element that is missing, unknown
 *   or not allowed in this kind of policy, and a value of the wrong form.
 */
export function parsePolicy(named: NamedPolicy, kind: PolicyKind): Policy {
  const { source, document } = named;
  if (typeof document !== "string") return parse(named, kind);
  const key = `${kind}\n${source}\n${document}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const policy = parse(named, kind);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(key, policy);
  return policy;
}

function parse({ source, document }: NamedPolicy, kind: PolicyKind): Policy {
  if (kind === "session" && typeof document === "string" && document.length > sessionPolicyLimit)
    fail(
      source,
      "document",
      `has ${document.length} characters; the limit of a session policy is ${sessionPolicyLimit}`,
    );
  const root = typeof document === "string" ? parseJson(source, document) : document;
  if (!isRecord(root)) fail(source, "document", "is not a JSON object");
  rejectUnknown(source, "document", root, ["Version", "Id", "Statement"]);
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

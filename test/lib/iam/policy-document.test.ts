import assert from "node:assert/strict";
import { parsePolicy, PolicyError, type PolicyKind } from "../../../lib/iam";
import { allow, policy } from "./support";

const service = { Principal: { Service: "transfer.amazonaws.com" } };

/** Rows of kind, document, element at fault. */
const MALFORMED: readonly [string, PolicyKind, unknown, string, RegExp][] = [
  ["text that is not JSON", "identity", "{", "document", /is not JSON/],
  ["nothing at all", "identity", undefined, "document", /is not a JSON object/],
  ["a list", "identity", "[]", "document", /is not a JSON object/],
  ["an unknown element", "identity", { Statment: [] }, "document", /"Statment"/],
  [
    "an unknown version",
    "identity",
    { Version: "2020-01-01", Statement: allow() },
    "Version",
    /2020/,
  ],
  ["no statement", "identity", { Version: "2012-10-17" }, "Statement[0]", /not an object/],
  ["an empty list of statements", "identity", { Statement: [] }, "Statement", /is empty/],
  ["a long session policy", "session", " ".repeat(2049), "document", /2049/],
];

/** Rows of what is wrong, kind, members that replace those of an Allow of s3 on everything, element at fault. */
const STATEMENTS: readonly [string, PolicyKind, object, string][] = [
  ["an unknown element", "identity", { Conditions: {} }, "Statement[0]"],
  ["a wrong effect", "identity", { Effect: "allow" }, "Statement[0].Effect"],
  ["a Sid that is not text", "identity", { Sid: 1 }, "Statement[0].Sid"],
  ["a Sid with a space", "identity", { Sid: "my own" }, "Statement[0].Sid"],
  ["no action", "identity", { Action: undefined }, "Statement[0]"],
  ["null for an action", "identity", { Action: null }, "Statement[0].Action"],
  ["an empty list of actions", "identity", { Action: [] }, "Statement[0].Action"],
  ["an action without a service", "identity", { Action: "GetObject" }, "Statement[0].Action"],
  ["both actions", "identity", { NotAction: "s3:*" }, "Statement[0]"],
  ["a resource that is no ARN", "identity", { Resource: "uploads/*" }, "Statement[0].Resource"],
  ["both resources", "identity", { NotResource: "*" }, "Statement[0]"],
  ["a number for a resource", "identity", { Resource: 7 }, "Statement[0].Resource"],
  [
    "a variable in the account of an ARN",
    "identity",
    { Resource: "arn:aws:sqs:r:${aws:PrincipalAccount}:q" },
    "Statement[0].Resource",
  ],
  ["a principal in an identity policy", "identity", { Principal: "*" }, "Statement[0]"],
  ["a principal in a session policy", "session", { Principal: "*" }, "Statement[0]"],
  ["no principal in a resource policy", "resource", {}, "Statement[0]"],
  ["a resource in a trust policy", "trust", service, "Statement[0]"],
  ["NotPrincipal with Allow", "resource", { NotPrincipal: "*" }, "Statement[0].NotPrincipal"],
  [
    "NotPrincipal in a trust policy",
    "trust",
    { Effect: "Deny", Resource: undefined, NotPrincipal: "*" },
    "Statement[0].NotPrincipal",
  ],
  ["both principals", "resource", { Principal: "*", NotPrincipal: "*" }, "Statement[0]"],
  ["a principal that is text", "resource", { Principal: "123456789012" }, "Statement[0].Principal"],
  [
    "a principal of an unknown type",
    "resource",
    { Principal: { CanonicalUser: "79a59df9" } },
    "Statement[0].Principal",
  ],
  [
    "a wildcard in a principal",
    "resource",
    { Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
    "Statement[0].Principal",
  ],
  [
    "a principal that is no name",
    "resource",
    { Principal: { AWS: "me" } },
    "Statement[0].Principal",
  ],
  ["no principal named", "resource", { Principal: {} }, "Statement[0].Principal"],
  ["a condition that is text", "identity", { Condition: "no" }, "Statement[0].Condition"],
  [
    "an operator without keys",
    "identity",
    { Condition: { Bool: "true" } },
    "Statement[0].Condition.Bool",
  ],
  [
    "a key without a service",
    "identity",
    { Condition: { Bool: { SecureTransport: "true" } } },
    "Statement[0].Condition.Bool.SecureTransport",
  ],
  [
    "a value that is an object",
    "identity",
    { Condition: { Bool: { "a:b": {} } } },
    "Statement[0].Condition.Bool.a:b",
  ],
  [
    "no values",
    "identity",
    { Condition: { Bool: { "a:b": [] } } },
    "Statement[0].Condition.Bool.a:b",
  ],
];

function faultOf(document: unknown, kind: PolicyKind): PolicyError {
  try {
    parsePolicy({ source: "role::files", document }, kind);
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    return error;
  }
  return assert.fail("the policy was accepted");
}

describe("iam: malformed policies", () => {
  for (const [what, kind, document, element, message] of MALFORMED)
    it(`refuses ${what}`, () => {
      const fault = faultOf(document, kind);
      assert.equal(fault.element, element);
      assert.match(fault.message, message);
      assert.match(fault.message, /role::files/);
    });

  for (const [what, kind, members, element] of STATEMENTS)
    it(`refuses ${what}`, () => {
      const fault = faultOf(policy("", allow(members)).document, kind);
      assert.equal(fault.element, element);
      assert.equal(fault.source, "role::files");
    });

  it("refuses missing elements", () => {
    const without = (members: object) => faultOf({ Statement: members }, "identity").message;
    assert.match(without({ Effect: "Allow", Resource: "*" }), /neither Action nor NotAction/);
    assert.match(without({ Effect: "Allow", Action: "*" }), /neither Resource nor NotResource/);
  });

  it("refuses a Sid used twice", () => {
    const twice = policy("", allow({ Sid: "A" }), allow({ Sid: "A" }));
    assert.equal(faultOf(twice.document, "identity").element, "Sid");
  });
});

describe("iam: well-formed policies", () => {
  it("reads text and objects alike, one statement or many, one value or many", () => {
    const statement = allow({ Sid: "Own", Condition: { Bool: { "aws:SecureTransport": true } } });
    const { document } = policy("", statement);
    const parsed = parsePolicy({ source: "p", document }, "identity");
    assert.deepEqual(
      parsePolicy({ source: "p", document: JSON.stringify(document) }, "identity"),
      parsed,
    );
    const padded = JSON.stringify(document) + " ".repeat(2048);
    assert.deepEqual(parsePolicy({ source: "p", document: padded }, "identity"), parsed);
    const single = { Version: "2012-10-17", Statement: statement };
    assert.deepEqual(parsePolicy({ source: "p", document: single }, "identity"), parsed);
    assert.deepEqual(parsed, {
      source: "p",
      hasVariables: true,
      statements: [
        {
          sid: "Own",
          label: 'statement "Own"',
          effect: "Allow",
          actions: { not: false, patterns: ["s3:*"] },
          resources: { not: false, patterns: ["*"] },
          conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["true"] }],
        },
      ],
    });
  });

  it("reads numbers and truth values as text, one or many", () => {
    const Condition = {
      NumericLessThan: { "s3:max-keys": 10 },
      Bool: { "aws:x": [true, "false"] },
    };
    const [{ conditions }] = parsePolicy(policy("p", allow({ Condition })), "identity").statements;
    assert.deepEqual(
      conditions.map(({ values }) => values),
      [["10"], ["true", "false"]],
    );
  });

  it("has no variables before version 2012-10-17, which must be named", () => {
    const parse = (more: object) =>
      parsePolicy({ source: "p", document: { ...more, Statement: allow() } }, "identity")
        .hasVariables;
    assert.equal(parse({}), false);
    assert.equal(parse({ Version: "2008-10-17" }), false);
    assert.equal(parse({ Version: "2012-10-17" }), true);
  });

  it("reads the negated elements and a trust policy", () => {
    const { document } = policy("", {
      Effect: "Deny",
      NotPrincipal: { AWS: ["123456789012", "arn:aws:iam::123456789012:role/r"] },
      NotAction: "s3:Get*",
      NotResource: ["arn:aws:s3:::b"],
    });
    const [statement] = parsePolicy({ source: "p", document }, "resource").statements;
    assert.equal(statement.label, "statement 1");
    assert.deepEqual(statement.actions, { not: true, patterns: ["s3:Get*"] });
    assert.deepEqual(statement.resources, { not: true, patterns: ["arn:aws:s3:::b"] });
    assert.equal(statement.principals?.not, true);
    assert.equal(statement.principals?.entries.length, 2);

    const trust = policy("t", { Effect: "Allow", Action: "sts:AssumeRole", ...service });
    assert.deepEqual(parsePolicy(trust, "trust").statements[0].principals, {
      not: false,
      entries: [{ type: "Service", value: "transfer.amazonaws.com" }],
    });
  });
});

import assert from "node:assert/strict";
import type { PolicyKind } from "../../../lib/iam/policy";
import { parsePolicy } from "../../../lib/iam/policy-document";
import { PolicyError } from "../../../lib/iam/policy-error";
import { allow, policy } from "./support";

const service = { Principal: { Service: "transfer.amazonaws.com" } };

/** Rows of what is wrong, kind, document, the element in error and the message. */
const malformed: readonly [string, PolicyKind, unknown, string, RegExp][] = [
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
  for (const [what, kind, document, element, message] of malformed)
    it(`rejects ${what}`, () => {
      const fault = faultOf(document, kind);
      assert.equal(fault.element, element);
      assert.match(fault.message, message);
      assert.match(fault.message, /role::files/);
    });

  it("rejects a Sid used twice", () => {
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

  it("takes a session policy of the limit, and longer documents of other kinds or as objects", () => {
    const text = JSON.stringify(policy("", allow()).document).padEnd(2048);
    assert.ok(parsePolicy({ source: "p", document: text }, "session"));
    assert.ok(parsePolicy({ source: "p", document: `${text} ` }, "identity"));
    const resources = Array.from({ length: 100 }, (_, n) => `arn:aws:s3:::bucket-${n}/*`);
    const { document } = policy("", allow({ Resource: resources }));
    assert.ok(JSON.stringify(document).length > 2048);
    assert.ok(parsePolicy({ source: "p", document }, "session"));
  });

  it("reads numbers and booleans as strings, one or many", () => {
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

  it("parses the same text of the same kind and source once", () => {
    const document = JSON.stringify({ Version: "2012-10-17", Statement: allow() });
    const first = parsePolicy({ source: "once", document }, "identity");
    assert.equal(parsePolicy({ source: "once", document }, "identity"), first);
    assert.equal(parsePolicy({ source: "other", document }, "identity").source, "other");
    assert.throws(() => parsePolicy({ source: "once", document }, "trust"), PolicyError);
    for (let index = 0; index < 1000; index++) {
      parsePolicy({ source: String(index), document }, "identity");
    }
    assert.notEqual(parsePolicy({ source: "once", document }, "identity"), first);
  });
});

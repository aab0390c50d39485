import assert from "node:assert/strict";
import type { PolicyKind } from "../../../lib/iam/policy";
import { PolicyError } from "../../../lib/iam/policy-error";
import { parseStatement } from "../../../lib/iam/policy-statement";
import { allow } from "./support";

const service = { Principal: { Service: "transfer.amazonaws.com" } };

/** Rows of what is wrong, kind, members that replace those of an Allow of s3 on everything, the element in error. */
const malformed: readonly [string, PolicyKind, object, string][] = [
  ["an unknown element", "identity", { Conditions: {} }, "Statement[0]"],
  ["a wrong effect", "identity", { Effect: "allow" }, "Statement[0].Effect"],
  ["a Sid that is not text", "identity", { Sid: 1 }, "Statement[0].Sid"],
  ["a Sid with a space", "identity", { Sid: "my own" }, "Statement[0].Sid"],
  ["no action", "identity", { Action: undefined }, "Statement[0]"],
  ["null for an action", "identity", { Action: null }, "Statement[0].Action"],
  ["an empty list of actions", "identity", { Action: [] }, "Statement[0].Action"],
  ["an action of three parts", "identity", { Action: "s3:Get:Object" }, "Statement[0].Action"],
  ["an action with an empty service", "identity", { Action: ":Get" }, "Statement[0].Action"],
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
  ...["x123456789012", "123456789012x", "1234567890123", "AROA1", "AROAabcdefghijklmnop"].map(
    (AWS): (typeof malformed)[number] => [
      `a principal ${AWS}`,
      "resource",
      { Principal: { AWS } },
      "Statement[0].Principal",
    ],
  ),
  [
    "every service as principal",
    "resource",
    { Principal: { Service: "*" } },
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

function parse(value: unknown, kind: PolicyKind = "identity") {
  return parseStatement(value, { source: "role::files", kind, hasVariables: true, index: 0 });
}

describe("iam: parseStatement", () => {
  for (const [what, kind, members, element] of malformed)
    it(`rejects ${what}`, () => {
      assert.throws(
        () => parse(allow(members), kind),
        (error) =>
          error instanceof PolicyError &&
          error.element === element &&
          error.source === "role::files",
      );
    });

  it("rejects missing elements", () => {
    const neither = (name: string) => new RegExp(`neither ${name} nor Not${name}`);
    assert.throws(() => parse({ Effect: "Allow", Resource: "*" }), neither("Action"));
    assert.throws(() => parse({ Effect: "Allow", Action: "*" }), neither("Resource"));
  });

  it("takes every principal, an account, an IAM ARN and the id of a deleted role", () => {
    const names = ["*", "123456789012", "arn:aws:iam::123456789012:role/r", "AROAEXAMPLEEXAMPLE12"];
    const { principals } = parse(allow({ Principal: { AWS: names } }), "resource");
    assert.deepEqual(
      principals?.entries.map(({ value }) => value),
      names,
    );
  });

  it("labels a statement by its Sid or its position", () => {
    assert.equal(parse(allow({ Sid: "Own" })).label, 'statement "Own"');
    assert.equal(parse(allow()).label, "statement 1");
  });
});

import assert from "node:assert/strict";
import { parsePolicy } from "../../../lib/iam/policy-document";
import { contextLookup, type RequestContext } from "../../../lib/iam/request-context";
import { matchStatement } from "../../../lib/iam/statement-match";
import { allow, deny, objectArn, policy, roleSession } from "./support";

function match(statement: object, kind: "identity" | "resource" = "identity", context = {}) {
  const parsed = parsePolicy(policy("p", statement), kind);
  return matchStatement(parsed, parsed.statements[0], {
    action: "s3:PutObject",
    resource: objectArn,
    principal: roleSession,
    context: contextLookup(context as RequestContext),
  });
}

describe("iam: matchStatement", () => {
  const ifTls = { Condition: { Bool: { "aws:SecureTransport": "true" } } };

  it("stops at the first element that does not match", () => {
    const rows: [object, number, RegExp][] = [
      [{ Action: "s3:Get*" }, 0, /does not cover s3:PutObject/],
      [{ Resource: "arn:aws:s3:::other/*" }, 1, /covers arn:aws:s3:::other\/\*, not/],
      [{ Principal: { AWS: "999999999999" } }, 2, /its principal is not arn:aws:iam/],
      [{ ...ifTls, Principal: "*" }, 3, /condition aws:SecureTransport/],
    ];
    for (const [elements, matched, why] of rows) {
      const kind = "Principal" in elements ? "resource" : "identity";
      const result = match(allow(elements), kind);
      assert.deepEqual([result.applies, result.matched], [false, matched]);
      assert.match(result.why, why);
    }
  });

  it("applies when every element matches, with the scope of its principal", () => {
    const result = match(allow({ ...ifTls, Principal: { AWS: roleSession.roleArn } }), "resource", {
      "aws:SecureTransport": "true",
    });
    assert.deepEqual([result.applies, result.matched, result.scope], [true, 4, "role"]);
    assert.equal(match(allow()).scope, undefined);
  });

  it("a condition that cannot be evaluated stops an Allow and not a Deny", () => {
    const unknown = { Condition: { Odd: { "a:b": "1" } } };
    assert.equal(match(allow(unknown)).applies, false);
    assert.equal(match(deny(unknown)).applies, true);
    assert.equal(match(deny(unknown)).problems.length, 1);
  });

  it("a variable without a value in NotResource stops an Allow and not a Deny", () => {
    const elements = { Resource: undefined, NotResource: "arn:aws:s3:::b/${a:b}/*" };
    const allowed = match(allow(elements));
    assert.equal(allowed.applies, false);
    assert.match(allowed.why, /everything except .* \(\$\{a:b\} has no value in this request\)/);
    assert.equal(match(deny(elements)).applies, true);
  });

  it("covers each of several resources, and names the one whose variable has no value", () => {
    const resources = ["arn:aws:s3:::other/*", objectArn, "arn:aws:s3:::b/${a:b}"];
    assert.equal(match(allow({ Resource: resources })).applies, true);
    assert.equal(match(allow({ Resource: undefined, NotResource: resources })).applies, false);
    const { why, problems } = match(
      allow({ Resource: ["arn:aws:s3:::other/*", "arn:aws:s3:::b/${a:b}"] }),
    );
    assert.match(why, /\(\$\{a:b\} has no value in this request\)/);
    assert.deepEqual(problems, []);
  });

  it("NotAction covers what it does not list", () => {
    const not = (pattern: string) => match({ ...allow({ Action: undefined }), NotAction: pattern });
    assert.equal(not("s3:Get*").applies, true);
    assert.equal(not("s3:Put*").applies, false);
  });
});

import assert from "node:assert/strict";
import { evaluatePolicies, nothingAllows } from "../../../lib/iam/policy-evaluation";
import { contextLookup } from "../../../lib/iam/request-context";
import { allow, deny, objectArn, policy, roleSession } from "./support";

const request = {
  action: "s3:PutObject",
  resource: objectArn,
  principal: roleSession,
  context: contextLookup({}),
};
const identity = (...statements: object[]) =>
  evaluatePolicies([policy("role::files", ...statements)], "identity", request);

describe("iam: evaluatePolicies", () => {
  it("collects a step for each statement, the grants and the first denial", () => {
    const { steps, allows, denial, sources } = identity(
      allow({ Sid: "Put" }),
      deny({ Sid: "No" }),
      deny({ Sid: "Never" }),
    );
    assert.deepEqual(
      steps.map(({ sid, effect, outcome }) => [sid, effect, outcome]),
      [
        ["Put", "Allow", "applies"],
        ["No", "Deny", "applies"],
        ["Never", "Deny", "applies"],
      ],
    );
    assert.deepEqual([allows, sources], [["session"], ["role::files"]]);
    assert.equal(denial, `s3:PutObject on ${objectArn} is denied by statement "No" of role::files`);
  });

  it("has no denial and no nearest Allow where an Allow applies or nothing is close", () => {
    const evaluation = identity(allow(), deny({ Resource: "arn:aws:s3:::other" }));
    assert.ok(!("denial" in evaluation));
    assert.equal(evaluation.nearest, "");
    assert.equal(identity(deny({ Resource: "arn:aws:s3:::other" })).nearest, "");
  });

  it("passes on an error that is not the policy's", () => {
    const broken = { ...request, context: undefined } as unknown as typeof request;
    const condition = { Bool: { "aws:SecureTransport": "true" } };
    assert.throws(
      () => evaluatePolicies([policy("p", allow({ Condition: condition }))], "identity", broken),
      TypeError,
    );
  });

  it("a policy that cannot be parsed denies", () => {
    const source = "role::files";
    const { denial, problems } = evaluatePolicies([{ source, document: "{" }], "identity", request);
    assert.match(denial ?? "", /is not JSON.*; a policy that cannot be parsed grants nothing$/);
    assert.equal(problems.length, 1);
  });

  it("reports the Allow that matches most elements", () => {
    const condition = { Bool: { "aws:SecureTransport": "true" } };
    const { nearest, allows } = identity(
      allow({ Resource: "arn:aws:s3:::other" }),
      allow({ Sid: "Tls", Condition: condition }),
      allow({ Resource: "arn:aws:s3:::third" }),
    );
    assert.deepEqual(allows, []);
    assert.match(nearest, /^statement "Tls" of role::files: condition aws:SecureTransport/);
  });
});

describe("iam: nothingAllows", () => {
  it("names all sources, the grantee and the nearest statement", () => {
    const none = identity(allow({ Action: "s3:GetObject" }));
    const near = identity(allow({ Resource: "arn:aws:s3:::other" }));
    assert.equal(
      nothingAllows([none, near], request, "roleSession"),
      `no statement of role::files or role::files allows s3:PutObject on ${objectArn} to roleSession ` +
        `(nearest is statement 1 of role::files: it covers arn:aws:s3:::other, not ${objectArn})`,
    );
    assert.equal(
      nothingAllows([none], request),
      `no statement of role::files allows s3:PutObject on ${objectArn}`,
    );
  });
});

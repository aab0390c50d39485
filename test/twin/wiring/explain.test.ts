import assert from "node:assert/strict";
import { authorize } from "../../../lib/iam";
import { explainDecision } from "../../../twin/wiring/explain";

const policy = (source: string, ...statements: object[]) => ({
  source,
  document: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});

describe("twin/wiring/explain", () => {
  const resource = "arn:aws:s3:::bucket/users/camera01/a.txt";
  const decide = (action: string) =>
    authorize({
      action,
      resource,
      context: {},
      principal: {
        type: "role",
        roleArn: "arn:aws:iam::123456789012:role/files",
        sessionName: "camera01",
      },
      identityPolicies: [
        policy("Role files", {
          Sid: "Store",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:DeleteObject"],
          Resource: "*",
        }),
      ],
      sessionPolicy: policy("the session policy", {
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "*",
      }),
      resourcePolicies: [],
    });

  it("names every statement in order, with its result and the reason", () => {
    const lines = explainDecision("s3:DeleteObject", decide("s3:DeleteObject"));
    assert.equal(lines[0], "s3:DeleteObject: denied");
    assert.match(lines[1], /^ {2}Role files, Allow "Store" applies: ./);
    assert.match(lines[2], /^ {2}the session policy, Allow does not apply: ./);
    assert.equal(lines.length, 3);
  });

  it("reports that there is no statement, and what could not be evaluated", () => {
    const decision = { allowed: false, reason: "none", steps: [], problems: ["Foo"] } as const;
    assert.deepEqual(explainDecision("x", decision), [
      "x: denied",
      "  no statement of any policy was evaluated",
      "  could not be evaluated: Foo",
    ]);
  });
});

import assert from "node:assert/strict";
import { authorize } from "../../../lib/iam";
import { explanation } from "../../../twin/wiring/explain";

const policy = (source: string, ...statements: object[]) => ({
  source,
  document: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});

describe("explanation of a refusal", () => {
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

  it("names every statement in order, with what came of it and why", () => {
    const lines = explanation("s3:DeleteObject", decide("s3:DeleteObject"));
    assert.equal(lines[0], "s3:DeleteObject: refused");
    assert.match(lines[1], /^ {2}Role files, Allow "Store" applies: ./);
    assert.match(lines[2], /^ {2}the session policy, Allow does not apply: ./);
    assert.equal(lines.length, 3);
  });

  it("says so when no policy has anything to say", () => {
    const decision = { allowed: false, reason: "none", steps: [], problems: ["Foo"] } as const;
    assert.deepEqual(explanation("x", decision), [
      "x: refused",
      "  no statement of any policy was looked at",
      "  not understood: Foo",
    ]);
  });
});

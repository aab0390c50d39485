import assert from "node:assert/strict";

import { isEveryone, servicesOf, statementsOf } from "../../../policies/rules/documents";
import { checked } from "../support";

const statements = (Statement: unknown, type = "aws:iam/rolePolicy:RolePolicy", input = "policy") =>
  statementsOf(checked({ type, properties: { [input]: JSON.stringify({ Statement }) } }));

describe("policies/rules/documents", () => {
  it("reads a statement with its lists as lists, keys of conditions in lower case", () => {
    const [statement] = statements({
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: ["a", "b"],
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": false } },
    });
    assert.deepEqual(statement, {
      allows: true,
      actions: ["s3:GetObject"],
      resources: ["a", "b"],
      negated: false,
      principal: "*",
      conditions: [{ operator: "Bool", key: "aws:securetransport", values: ["false"] }],
    });
  });

  it("reads denials and negations", () => {
    const read = statements([
      { Effect: "Deny", Action: "*", Resource: "*" },
      { Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" },
      { Effect: "Allow", Action: "s3:GetObject", NotResource: "a" },
    ]);
    const flags = read.map(({ allows, negated }) => [allows, negated]);
    assert.deepEqual(flags, [
      [false, false],
      [true, true],
      [true, true],
    ]);
  });

  for (const [type, input] of [
    ["aws:iam/policy:Policy", "policy"],
    ["aws:iam/userPolicy:UserPolicy", "policy"],
    ["aws:iam/groupPolicy:GroupPolicy", "policy"],
    ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
    ["aws:sqs/queuePolicy:QueuePolicy", "policy"],
    ["aws:iam/role:Role", "assumeRolePolicy"],
  ]) {
    it(`finds the document of ${type}`, () => {
      assert.equal(statements([{}, {}], type, input).length, 2);
    });
  }

  it("finds none elsewhere, and takes a document as an object", () => {
    assert.deepEqual(statements([{}], "aws:s3/bucket:Bucket"), []);
    assert.deepEqual(statementsOf(checked({ type: "aws:iam/role:Role" })), []);
    assert.deepEqual(
      statementsOf(checked({ type: "aws:sns/topic:Topic", properties: { undefined: "{}" } })),
      [],
    );
    const properties = { policy: { Statement: [{ Effect: "Allow" }] } };
    const [statement] = statementsOf(checked({ type: "aws:iam/policy:Policy", properties }));
    assert.equal(statement.allows, true);
  });

  it("names services, and recognises everyone in both forms", () => {
    const principals = [
      "*",
      { AWS: "*" },
      { AWS: ["arn:aws:iam::1:root", "*"] },
      { AWS: "arn:aws:iam::1:root" },
      { Service: ["a", "b"] },
      undefined,
    ];
    const read = principals.flatMap((Principal) => statements({ Principal }));
    assert.deepEqual(read.map(isEveryone), [true, true, true, false, false, false]);
    assert.deepEqual(read.map(servicesOf), [[], [], [], [], ["a", "b"], []]);
  });
});

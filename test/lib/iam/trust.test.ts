import assert from "node:assert/strict";
import { canAssume, confusedDeputyWarnings } from "../../../lib/iam";
import { accountId, policy } from "./support";

const transfer = "transfer.amazonaws.com";
const user = `arn:aws:transfer:ap-northeast-1:${accountId}:user/s-1/camera01`;
const context = { "aws:SourceAccount": accountId, "aws:SourceArn": user };

function trust(more: object = {}): object {
  return {
    Effect: "Allow",
    Principal: { Service: transfer },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:${accountId}:user/*` },
    },
    ...more,
  };
}
const assume = (...statements: object[]) =>
  canAssume({ trustPolicy: policy("role::files", ...statements), service: transfer, context });

/** Rows of what it shows, statements, undefined when the role may be assumed or else the reason. */
const cases: readonly [string, object[], RegExp | undefined][] = [
  ["the policy of the documentation", [trust()], undefined],
  ["sts:* covers it too", [trust({ Action: "sts:*" })], undefined],
  [
    "many services",
    [trust({ Principal: { Service: ["lambda.amazonaws.com", transfer] } })],
    undefined,
  ],
  ["every principal", [trust({ Principal: "*" })], undefined],
  [
    "another service",
    [trust({ Principal: { Service: "lambda.amazonaws.com" } })],
    /its principal is not transfer/,
  ],
  [
    "another action",
    [trust({ Action: "sts:TagSession" })],
    /allows transfer\.amazonaws\.com to assume the role$/,
  ],
  [
    "the server's ARN where the user's comes",
    [
      trust({
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:transfer:*:${accountId}:server/*` } },
      }),
    ],
    /condition aws:SourceArn ArnLike .*server\/\* not met: request has .*user\/s-1\/camera01/,
  ],
  [
    "another account",
    [trust({ Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } })],
    /condition aws:SourceAccount StringEquals 123456789012 not met: request has 111122223333/,
  ],
  ["an explicit deny", [trust(), trust({ Effect: "Deny", Sid: "No" })], /denied by statement "No"/],
  ["a malformed policy", [trust({ Resource: "*" })], /names a resource in a trust policy/],
];

describe("iam: canAssume", () => {
  for (const [what, statements, reason] of cases)
    it(`${reason ? "denies" : "allows"}: ${what}`, () => {
      const decision = assume(...statements);
      assert.equal(decision.allowed, reason === undefined);
      if (!decision.allowed && reason) assert.match(decision.reason, reason);
      assert.ok(decision.steps.every(({ source }) => source === "role::files"));
    });

  it("names the policy and the statement that came closest", () => {
    const decision = assume(
      trust({ Sid: "Users", Principal: { Service: "lambda.amazonaws.com" } }),
    );
    assert.equal(
      !decision.allowed && decision.reason,
      "no statement of role::files allows transfer.amazonaws.com to assume the role " +
        '(nearest is statement "Users" of role::files: its principal is not transfer.amazonaws.com)',
    );
  });
});

/** Rows of what it shows, members of the statement, number of warnings. */
const openTrust: readonly [string, object, number][] = [
  ["no condition", { Condition: undefined }, 1],
  ["both conditions", {}, 0],
  ["the account alone", { Condition: { StringEquals: { "AWS:SourceAccount": accountId } } }, 0],
  ["an ARN with its account", { Condition: { ArnLike: { "aws:SourceArn": `${user}*` } } }, 0],
  [
    "an ARN of any account",
    { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:transfer:*:*:user/*" } } },
    1,
  ],
  ["any ARN", { Condition: { StringLike: { "aws:SourceArn": "*" } } }, 1],
  [
    "a whole bucket's ARN",
    { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } } },
    0,
  ],
  [
    "an ARN with its account, or any",
    { Condition: { ArnLike: { "aws:SourceArn": [`${user}*`, "arn:aws:transfer:*:*:user/*"] } } },
    1,
  ],
  [
    "an account with more digits",
    { Condition: { ArnLike: { "aws:SourceArn": `arn:aws:transfer:*:${accountId}9:user/*` } } },
    1,
  ],
  [
    "an account that begins with a wildcard",
    { Condition: { ArnLike: { "aws:SourceArn": `arn:aws:transfer:*:*${accountId}:user/*` } } },
    1,
  ],
  ["any bucket's ARN", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } }, 1],
  ["any account", { Condition: { StringLike: { "aws:SourceAccount": "*" } } }, 1],
  [
    "one account or any",
    { Condition: { StringLike: { "aws:SourceAccount": [accountId, "*"] } } },
    1,
  ],
  ["a condition on something else", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, 1],
  ["IfExists", { Condition: { StringEqualsIfExists: { "aws:SourceAccount": accountId } } }, 1],
  ["a negated operator", { Condition: { StringNotEquals: { "aws:SourceAccount": accountId } } }, 1],
  [
    "ForAllValues",
    { Condition: { "ForAllValues:StringEquals": { "aws:SourceAccount": accountId } } },
    1,
  ],
  ["Null", { Condition: { Null: { "aws:SourceAccount": "false" } } }, 1],
  ["a Deny", { Effect: "Deny", Condition: undefined }, 0],
  ["a role as principal", { Principal: { AWS: accountId }, Condition: undefined }, 0],
  ["every principal", { Principal: "*", Condition: undefined }, 1],
];

describe("iam: trust policy warnings", () => {
  for (const [what, more, count] of openTrust)
    it(`${count === 0 ? "none" : "one"} for ${what}`, () => {
      const { Condition, ...rest } = { ...trust(), ...more } as Record<string, unknown>;
      const statement = Condition ? { ...rest, Condition } : rest;
      assert.equal(confusedDeputyWarnings(policy("role::files", statement)).length, count);
    });

  it("is one sentence for each statement, naming it", () => {
    const open: Record<string, unknown> = { ...trust({ Sid: "Open" }) };
    delete open.Condition;
    assert.deepEqual(confusedDeputyWarnings(policy("role::files", trust(), open)), [
      'statement "Open" of role::files allows transfer.amazonaws.com to assume the role for any account: ' +
        "it has no aws:SourceAccount or aws:SourceArn condition (confused deputy).",
    ]);
  });

  it("reports a malformed policy", () => {
    assert.deepEqual(confusedDeputyWarnings({ source: "role::files", document: "7" }), [
      "document of role::files is not a JSON object",
    ]);
  });
});

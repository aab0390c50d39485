import assert from "node:assert/strict";
import { canAssume, warnings } from "../../../lib/iam";
import { ACCOUNT, policy } from "./support";

const transfer = "transfer.amazonaws.com";
const user = `arn:aws:transfer:ap-northeast-1:${ACCOUNT}:user/s-1/camera01`;
const context = { "aws:SourceAccount": ACCOUNT, "aws:SourceArn": user };

function trust(more: object = {}): object {
  return {
    Effect: "Allow",
    Principal: { Service: transfer },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:${ACCOUNT}:user/*` },
    },
    ...more,
  };
}
const ask = (...statements: object[]) =>
  canAssume({ trustPolicy: policy("role::files", ...statements), service: transfer, context });

/** Rows of what it shows, statements, undefined when the role may be assumed or else the reason. */
const CASES: readonly [string, object[], RegExp | undefined][] = [
  ["the policy of the documentation", [trust()], undefined],
  ["sts:* covers it too", [trust({ Action: "sts:*" })], undefined],
  [
    "many services",
    [trust({ Principal: { Service: ["lambda.amazonaws.com", transfer] } })],
    undefined,
  ],
  ["everyone", [trust({ Principal: "*" })], undefined],
  [
    "another service",
    [trust({ Principal: { Service: "lambda.amazonaws.com" } })],
    /it does not mean transfer/,
  ],
  [
    "another action",
    [trust({ Action: "sts:TagSession" })],
    /lets transfer\.amazonaws\.com assume the role$/,
  ],
  [
    "the server's ARN where the user's comes",
    [
      trust({
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:transfer:*:${ACCOUNT}:server/*` } },
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
  for (const [what, statements, reason] of CASES)
    it(`${reason ? "refuses" : "allows"}: ${what}`, () => {
      const decision = ask(...statements);
      assert.equal(decision.allowed, reason === undefined);
      if (!decision.allowed && reason) assert.match(decision.reason, reason);
      assert.ok(decision.steps.every(({ source }) => source === "role::files"));
    });

  it("names the policy and the statement that came closest", () => {
    const decision = ask(trust({ Sid: "Users", Principal: { Service: "lambda.amazonaws.com" } }));
    assert.equal(
      !decision.allowed && decision.reason,
      "no statement of role::files lets transfer.amazonaws.com assume the role " +
        '(nearest is statement "Users" of role::files: it does not mean transfer.amazonaws.com)',
    );
  });
});

/** Rows of what it shows, members of the statement, number of warnings. */
const OPEN: readonly [string, object, number][] = [
  ["no condition", { Condition: undefined }, 1],
  ["both conditions", {}, 0],
  ["the account alone", { Condition: { StringEquals: { "AWS:SourceAccount": ACCOUNT } } }, 0],
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
  ["any bucket's ARN", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } }, 1],
  ["any account", { Condition: { StringLike: { "aws:SourceAccount": "*" } } }, 1],
  ["one account or any", { Condition: { StringLike: { "aws:SourceAccount": [ACCOUNT, "*"] } } }, 1],
  ["a condition on something else", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, 1],
  ["IfExists", { Condition: { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } } }, 1],
  ["a negated operator", { Condition: { StringNotEquals: { "aws:SourceAccount": ACCOUNT } } }, 1],
  [
    "ForAllValues",
    { Condition: { "ForAllValues:StringEquals": { "aws:SourceAccount": ACCOUNT } } },
    1,
  ],
  ["Null", { Condition: { Null: { "aws:SourceAccount": "false" } } }, 1],
  ["a Deny", { Effect: "Deny", Condition: undefined }, 0],
  ["a role as principal", { Principal: { AWS: ACCOUNT }, Condition: undefined }, 0],
  ["everyone", { Principal: "*", Condition: undefined }, 1],
];

describe("iam: trust policy warnings", () => {
  for (const [what, more, count] of OPEN)
    it(`${count === 0 ? "none" : "one"} for ${what}`, () => {
      const { Condition, ...rest } = { ...trust(), ...more } as Record<string, unknown>;
      const statement = Condition ? { ...rest, Condition } : rest;
      assert.equal(warnings(policy("role::files", statement)).length, count);
    });

  it("is one sentence for each statement, naming it", () => {
    const open: Record<string, unknown> = { ...trust({ Sid: "Open" }) };
    delete open.Condition;
    assert.deepEqual(warnings(policy("role::files", trust(), open)), [
      'statement "Open" of role::files lets transfer.amazonaws.com assume the role for any account: ' +
        "it has no aws:SourceAccount or aws:SourceArn condition (confused deputy).",
    ]);
  });

  it("says what is wrong with a malformed policy", () => {
    assert.deepEqual(warnings({ source: "role::files", document: "7" }), [
      "document of role::files is not a JSON object",
    ]);
  });
});

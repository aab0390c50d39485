import assert from "node:assert/strict";
import fc from "fast-check";
import { authorize, type AuthorizationRequest } from "../../../lib/iam";
import {
  accountId,
  bucketArn,
  objectArn,
  policy,
  request,
  roleSession,
  roleSessionArn,
} from "./support";

const runs = { numRuns: 150 };

const condition = fc.constantFrom(
  undefined,
  { Bool: { "aws:SecureTransport": "true" } },
  { StringLike: { "s3:prefix": "users/*" } },
  { StringNotEquals: { "s3:prefix": "users/" } },
  { NotKnown: { "aws:SecureTransport": "true" } },
);
const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: roleSession.roleArn },
  { AWS: roleSessionArn },
  { AWS: accountId },
  { AWS: "999999999999" },
  { Service: "transfer.amazonaws.com" },
);
const base = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
  Action: fc.constantFrom("*", "s3:*", "s3:Put*", "s3:GetObject"),
  Resource: fc.constantFrom(
    "*",
    bucketArn,
    `${bucketArn}/*`,
    objectArn,
    `${bucketArn}/\${s3:prefix}*`,
  ),
  Condition: condition,
});
type Statement = Record<string, unknown>;
const own: fc.Arbitrary<Statement> = base.map(({ Condition, ...rest }) =>
  Condition ? { ...rest, Condition } : rest,
);
const attached: fc.Arbitrary<Statement> = fc
  .tuple(own, principal)
  .map(([statement, Principal]) => ({ ...statement, Principal }));

interface World {
  readonly identity: Statement[];
  readonly session: Statement[] | undefined;
  readonly resource: Statement[];
  readonly context: AuthorizationRequest["context"];
}
const world: fc.Arbitrary<World> = fc.record({
  identity: fc.array(own, { maxLength: 4 }),
  session: fc.option(fc.array(own, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  resource: fc.array(attached, { maxLength: 3 }),
  context: fc.record({
    "aws:SecureTransport": fc.constantFrom("true", "false"),
    "s3:prefix": fc.constantFrom("users/", "other/", undefined),
  }),
});

function decide({ identity, session, resource, context }: World): boolean {
  const attach = (source: string, statements: Statement[]) =>
    statements.length > 0 ? [policy(source, ...statements)] : [];
  return authorize(
    request({
      context,
      identityPolicies: attach("identity", identity),
      resourcePolicies: attach("resource", resource),
      ...(session ? { sessionPolicy: policy("session", ...session) } : {}),
    }),
  ).allowed;
}

/** The world with a statement added in one of the places where policies are. */
function added(to: World, where: "identity" | "session" | "resource", statement: Statement): World {
  if (where === "resource")
    return { ...to, resource: [...to.resource, { Principal: "*", ...statement }] };
  return { ...to, [where]: [...(to[where] ?? []), statement] };
}
const places = fc.constantFrom("identity" as const, "session" as const, "resource" as const);

describe("iam: properties of authorize", () => {
  it("the worlds are neither all allowed nor all denied", () => {
    const decisions = fc.sample(world, { numRuns: 300, seed: 7 }).map(decide);
    const allowed = decisions.filter(Boolean).length;
    assert.ok(allowed > 30 && allowed < 270, `${allowed} of 300 allowed`);
  });

  it("an explicit Deny wins at any position", () => {
    fc.assert(
      fc.property(world, places, (some, where) => {
        const denied = added(some, where, { Effect: "Deny", Action: "s3:*", Resource: "*" });
        assert.equal(decide(denied), false);
      }),
      runs,
    );
  });

  it("one more Allow never turns an allowed request into a denied one", () => {
    fc.assert(
      fc.property(world, own, places, (some, statement, where) => {
        // A first session policy is not one more statement: it takes away what it does not allow.
        fc.pre(where !== "session" || some.session !== undefined);
        if (decide(some))
          assert.equal(decide(added(some, where, { ...statement, Effect: "Allow" })), true);
      }),
      runs,
    );
  });

  it("an unknown operator never widens access, neither added nor put in place of a known one", () => {
    const unknown = fc.constantFrom("StringMatches", "stringlike", "ForAll:Bool", "NullIfExists");
    fc.assert(
      fc.property(world, unknown, fc.nat(), (some, operator, pick) => {
        const all = [...some.identity, ...(some.session ?? []), ...some.resource];
        fc.pre(all.length > 0);
        const chosen = all[pick % all.length];
        const swap = (statement: Statement) =>
          statement === chosen
            ? { ...statement, Condition: { [operator]: { "aws:SecureTransport": "true" } } }
            : statement;
        // What the chosen statement could at best do for the caller: nothing as an Allow, everything as a Deny.
        const drop = (statement: Statement) =>
          statement === chosen && statement.Effect === "Allow"
            ? { ...statement, Action: "none:None" }
            : withoutCondition(statement, statement === chosen);
        const map = (change: (statement: Statement) => Statement): World => ({
          ...some,
          identity: some.identity.map(change),
          session: some.session?.map(change),
          resource: some.resource.map(change),
        });
        assert.equal(decide(map(swap)), decide(map(drop)));
      }),
      runs,
    );
  });

  it("a session policy never widens access", () => {
    fc.assert(
      fc.property(world, (some) => {
        if (decide(some)) assert.equal(decide({ ...some, session: undefined }), true);
      }),
      runs,
    );
  });
});

function withoutCondition(statement: Statement, drop: boolean): Statement {
  const { Condition, ...rest } = statement;
  return drop || Condition === undefined ? rest : statement;
}

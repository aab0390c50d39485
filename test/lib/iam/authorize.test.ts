import assert from "node:assert/strict";
import { authorize, type AuthorizationRequest, type Decision } from "../../../lib/iam";
import { sessionArn } from "../../../lib/iam/principal";
import {
  accountId,
  allow,
  bucketArn,
  deny,
  objectArn,
  policy,
  request,
  roleSession,
  roleSessionArn,
} from "./support";

const identity = (...statements: object[]) => [policy("role::files", ...statements)];
const bucket = (...statements: object[]) => [policy("bucket::uploads", ...statements)];
const session = (...statements: object[]) => policy("session of camera01", ...statements);
const everyone = { Principal: "*" };
const named = (...names: string[]) => ({ Principal: { AWS: names } });
const account = `arn:aws:iam::${accountId}:root`;

function reasonOf(decision: Decision): string {
  return decision.allowed ? assert.fail("was allowed") : decision.reason;
}

/** Rows of what it shows, the policies, whether the PutObject is allowed. */
const cases: readonly [string, Partial<AuthorizationRequest>, boolean][] = [
  ["no policies", {}, false],
  ["an identity policy", { identityPolicies: identity(allow()) }, true],
  ["another action", { identityPolicies: identity(allow({ Action: "s3:GetObject" })) }, false],
  ["another resource", { identityPolicies: identity(allow({ Resource: bucketArn })) }, false],
  [
    "NotAction covers what is not listed",
    { identityPolicies: identity({ Effect: "Allow", NotAction: "s3:Get*", Resource: "*" }) },
    true,
  ],
  [
    "NotAction does not cover what is listed",
    { identityPolicies: identity({ Effect: "Allow", NotAction: "s3:Put*", Resource: "*" }) },
    false,
  ],
  [
    "NotResource covers what is not listed",
    { identityPolicies: identity({ Effect: "Allow", Action: "*", NotResource: bucketArn }) },
    true,
  ],
  [
    "NotResource does not cover what is listed",
    { identityPolicies: identity({ Effect: "Allow", Action: "*", NotResource: `${bucketArn}/*` }) },
    false,
  ],
  [
    "NotResource with a variable that has no value allows nothing",
    {
      identityPolicies: identity({
        Effect: "Allow",
        Action: "*",
        NotResource: `${bucketArn}/\${aws:username}`,
      }),
    },
    false,
  ],
  [
    "NotResource with a variable that has no value still denies",
    {
      identityPolicies: identity(allow(), {
        Effect: "Deny",
        Action: "*",
        NotResource: `${bucketArn}/\${aws:username}`,
      }),
    },
    false,
  ],
  [
    "one statement of many is enough",
    { identityPolicies: identity(allow({ Action: "kms:*" }), allow()) },
    true,
  ],
  ["an explicit deny with an allow", { identityPolicies: identity(allow(), deny()) }, false],
  [
    "a deny of something else",
    { identityPolicies: identity(allow(), deny({ Action: "s3:DeleteObject" })) },
    true,
  ],
  [
    "a deny whose condition does not hold",
    {
      identityPolicies: identity(
        allow(),
        deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      ),
      context: { "aws:SecureTransport": "true" },
    },
    true,
  ],
  [
    "a session policy that allows too",
    { identityPolicies: identity(allow()), sessionPolicy: session(allow()) },
    true,
  ],
  [
    "a session policy that does not allow",
    { identityPolicies: identity(allow()), sessionPolicy: session(allow({ Action: "s3:Get*" })) },
    false,
  ],
  ["a session policy alone grants nothing", { sessionPolicy: session(allow()) }, false],
  [
    "a deny in the session policy",
    { identityPolicies: identity(allow()), sessionPolicy: session(allow(), deny()) },
    false,
  ],
  [
    "a deny in the resource policy",
    { identityPolicies: identity(allow()), resourcePolicies: bucket(deny(everyone)) },
    false,
  ],
  [
    "a deny in the resource policy for the account",
    { identityPolicies: identity(allow()), resourcePolicies: bucket(deny(named(accountId))) },
    false,
  ],
  [
    "a deny in the resource policy for another account",
    { identityPolicies: identity(allow()), resourcePolicies: bucket(deny(named("999999999999"))) },
    true,
  ],
  // How near the Principal is decides what an Allow in a resource policy is worth.
  [
    "a resource policy for the role",
    { resourcePolicies: bucket(allow(named(roleSession.roleArn))) },
    true,
  ],
  [
    "a resource policy for the role, under a session policy that does not allow",
    {
      resourcePolicies: bucket(allow(named(roleSession.roleArn))),
      sessionPolicy: session(allow({ Action: "s3:Get*" })),
    },
    false,
  ],
  [
    "a resource policy for the session, whatever the session policy",
    {
      resourcePolicies: bucket(allow(named(roleSessionArn))),
      sessionPolicy: session(allow({ Action: "s3:Get*" })),
    },
    true,
  ],
  [
    "a resource policy for every principal, whatever the session policy",
    {
      resourcePolicies: bucket(allow(everyone)),
      sessionPolicy: session(allow({ Action: "s3:Get*" })),
    },
    true,
  ],
  [
    "a resource policy for the session does not undo a deny in the session policy",
    { resourcePolicies: bucket(allow(named(roleSessionArn))), sessionPolicy: session(deny()) },
    false,
  ],
  [
    "a resource policy for the account only delegates",
    { resourcePolicies: bucket(allow(named(account))) },
    false,
  ],
  [
    "a resource policy for another role",
    { resourcePolicies: bucket(allow(named(`arn:aws:iam::${accountId}:role/other`))) },
    false,
  ],
  [
    "a deny in the resource policy for another role of the account",
    {
      identityPolicies: identity(allow()),
      resourcePolicies: bucket(deny(named(`arn:aws:iam::${accountId}:role/other`))),
    },
    true,
  ],
  [
    "a role's ARN as something other than an AWS principal",
    { resourcePolicies: bucket(allow({ Principal: { Federated: roleSession.roleArn } })) },
    false,
  ],
  [
    "NotPrincipal for every principal denies no request",
    {
      identityPolicies: identity(allow()),
      resourcePolicies: bucket(deny({ NotPrincipal: "*" })),
    },
    true,
  ],
  [
    "NotPrincipal for a service denies the other services",
    {
      principal: { type: "service", service: "s3.amazonaws.com" },
      resourcePolicies: bucket(
        allow(everyone),
        deny({ NotPrincipal: { Service: "transfer.amazonaws.com" } }),
      ),
    },
    false,
  ],
  [
    "NotPrincipal for a service spares that service",
    {
      principal: { type: "service", service: "transfer.amazonaws.com" },
      resourcePolicies: bucket(
        allow(everyone),
        deny({ NotPrincipal: { Service: "transfer.amazonaws.com" } }),
      ),
    },
    true,
  ],
  [
    "a resource policy for a service does not mean a role",
    { resourcePolicies: bucket(allow({ Principal: { Service: "transfer.amazonaws.com" } })) },
    false,
  ],
  [
    "NotPrincipal spares a session listed with its role and account",
    {
      identityPolicies: identity(allow()),
      resourcePolicies: bucket(
        deny({ NotPrincipal: { AWS: [roleSessionArn, roleSession.roleArn, account] } }),
      ),
    },
    true,
  ],
  [
    "NotPrincipal does not spare a session whose role alone is listed",
    {
      identityPolicies: identity(allow()),
      resourcePolicies: bucket(deny({ NotPrincipal: { AWS: roleSession.roleArn } })),
    },
    false,
  ],
  [
    "the role's ARN and account are in the context",
    {
      identityPolicies: identity(
        allow({
          Condition: {
            ArnEquals: { "aws:PrincipalArn": roleSession.roleArn },
            StringEquals: { "aws:PrincipalAccount": accountId },
          },
        }),
      ),
    },
    true,
  ],
  [
    "variables are literal in an old document",
    {
      identityPolicies: [
        {
          source: "old",
          document: { Statement: allow({ Resource: `${bucketArn}/\${s3:prefix}*` }) },
        },
      ],
      context: { "s3:prefix": "users/" },
    },
    false,
  ],
  [
    "variables take their values from the request",
    {
      identityPolicies: identity(allow({ Resource: `${bucketArn}/\${s3:prefix}*` })),
      context: { "s3:prefix": "users/" },
    },
    true,
  ],
  [
    "an unknown operator in an Allow does not allow",
    { identityPolicies: identity(allow({ Condition: { Odd: { "aws:x": "1" } } })) },
    false,
  ],
  [
    "an unknown operator in a Deny denies",
    { identityPolicies: identity(allow(), deny({ Condition: { Odd: { "aws:x": "1" } } })) },
    false,
  ],
  [
    "a malformed policy with a valid one",
    { identityPolicies: [...identity(allow()), { source: "bad", document: "{" }] },
    false,
  ],
  [
    "a malformed bucket policy",
    { identityPolicies: identity(allow()), resourcePolicies: [{ source: "bad", document: {} }] },
    false,
  ],
];

describe("iam: authorize", () => {
  for (const [what, more, expected] of cases)
    it(`${expected ? "allows" : "denies"}: ${what}`, () => {
      const decision = authorize(request(more));
      assert.equal(decision.allowed, expected, JSON.stringify(decision, null, 2));
    });
});

describe("iam: authorize across services", () => {
  it("an invocation role's execute-api:Invoke", () => {
    const api = `arn:aws:execute-api:ap-northeast-1:${accountId}:abc/prod/GET/servers`;
    const identityPolicies = identity({
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: `${api}/*`,
    });
    const call = { action: "execute-api:Invoke", identityPolicies };
    assert.equal(
      authorize(request({ ...call, resource: `${api}/s-1/users/u/config` })).allowed,
      true,
    );
    const other = api.replace("/GET/", "/POST/");
    assert.equal(authorize(request({ ...call, resource: `${other}/s-1` })).allowed, false);
  });

  it("a session is named after its role without the path", () => {
    assert.equal(sessionArn(roleSession), roleSessionArn);
    const roleArn = `arn:aws:iam::${accountId}:role/service/ftp/files`;
    assert.equal(sessionArn({ ...roleSession, roleArn }), roleSessionArn);
  });

  it("does not decide across accounts", () => {
    const resource = "arn:aws:dynamodb:ap-northeast-1:999999999999:table/users";
    const identityPolicies = identity(allow({ Action: "*" }));
    const call = request({ action: "dynamodb:GetItem", resource, identityPolicies });
    assert.match(reasonOf(authorize(call)), /crosses accounts/);
  });

  const key = `arn:aws:kms:ap-northeast-1:${accountId}:key/1`;
  const decrypt = { Action: "kms:Decrypt" };
  const kms = (keyStatements: object[], identityStatements: object[]) =>
    authorize(
      request({
        action: "kms:Decrypt",
        resource: key,
        identityPolicies: identity(...identityStatements),
        resourcePolicies: [policy("key", ...keyStatements)],
      }),
    );

  it("a key is open to identity policies only when its policy delegates to the account", () => {
    const own = allow(decrypt);
    assert.equal(kms([allow({ ...decrypt, ...named(account) })], [own]).allowed, true);
    assert.equal(kms([allow({ ...decrypt, ...named(account) })], [allow()]).allowed, false);
    assert.equal(
      kms([allow({ ...decrypt, ...named(roleSession.roleArn) })], [allow()]).allowed,
      true,
    );
    const shut = kms([allow({ ...decrypt, ...named("999999999999") })], [own]);
    assert.match(reasonOf(shut), /no statement of key allows kms:Decrypt .* or its account/);
  });

  it("a key without a policy allows no request", () => {
    const identityPolicies = identity(allow(decrypt));
    const call = request({ action: "kms:Decrypt", resource: key, identityPolicies });
    assert.match(reasonOf(authorize(call)), /no key policy is attached/);
  });
});

describe("iam: reasons and steps of a decision", () => {
  it("lists every statement in order, with its source", () => {
    const { steps } = authorize(
      request({
        identityPolicies: identity(allow({ Sid: "Put" }), allow({ Action: "kms:*" })),
        sessionPolicy: session(allow({ Sid: "Own" })),
        resourcePolicies: bucket(
          deny({ ...everyone, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        ),
        context: { "aws:SecureTransport": "true" },
      }),
    );
    assert.deepEqual(steps, [
      {
        source: "role::files",
        sid: "Put",
        effect: "Allow",
        outcome: "applies",
        why: "every element matches the request",
      },
      {
        source: "role::files",
        effect: "Allow",
        outcome: "does not apply",
        why: "it does not cover s3:PutObject",
      },
      {
        source: "session of camera01",
        sid: "Own",
        effect: "Allow",
        outcome: "applies",
        why: "every element matches the request",
      },
      {
        source: "bucket::uploads",
        effect: "Deny",
        outcome: "does not apply",
        why: "condition aws:SecureTransport Bool false not met: request has true",
      },
    ]);
  });

  /** Rows of policies and the sentence they give. */
  const reasons: readonly [Partial<AuthorizationRequest>, string][] = [
    [{}, `${roleSession.roleArn} has no policy, so nothing allows s3:PutObject on ${objectArn}`],
    [
      { identityPolicies: identity(allow({ Action: "s3:Get*" })) },
      `no statement of role::files allows s3:PutObject on ${objectArn}`,
    ],
    [
      { identityPolicies: identity(allow({ Sid: "Own", Resource: `${bucketArn}/own/*` })) },
      `no statement of role::files allows s3:PutObject on ${objectArn} (nearest is statement "Own" of ` +
        `role::files: it covers ${bucketArn}/own/*, not ${objectArn})`,
    ],
    [
      { identityPolicies: identity(allow({ Resource: `${bucketArn}/\${aws:username}/*` })) },
      `no statement of role::files allows s3:PutObject on ${objectArn} (nearest is statement 1 of ` +
        `role::files: it covers ${bucketArn}/\${aws:username}/* (\${aws:username} has no value in this ` +
        `request), not ${objectArn})`,
    ],
    [
      { resourcePolicies: bucket(allow(named("999999999999"))) },
      `no statement of bucket::uploads allows s3:PutObject on ${objectArn} (nearest is statement 1 of ` +
        `bucket::uploads: its principal is not ${roleSession.roleArn})`,
    ],
    [
      { identityPolicies: identity(allow()), sessionPolicy: session(allow({ Action: "s3:Get*" })) },
      `the session policy does not allow it: no statement of session of camera01 allows s3:PutObject on ${objectArn}`,
    ],
    [
      { identityPolicies: identity(allow(), deny({ Sid: "No" })) },
      `s3:PutObject on ${objectArn} is denied by statement "No" of role::files`,
    ],
    [
      { identityPolicies: identity(allow(), deny({ Condition: { Odd: { "aws:x": "1" } } })) },
      `s3:PutObject on ${objectArn} is denied by statement 2 of role::files, because condition aws:x Odd 1 ` +
        "has an unknown operator",
    ],
    [
      { identityPolicies: [{ source: "bad", document: "[]" }] },
      "document of bad is not a JSON object; a policy that cannot be parsed grants nothing",
    ],
  ];
  for (const [more, expected] of reasons)
    it(expected.slice(0, 90), () => assert.equal(reasonOf(authorize(request(more))), expected));

  it("reports what it does not know even when the request is allowed", () => {
    const odd = allow({ Sid: "Odd", Condition: { Odd: { "aws:x": "1" } } });
    const decision = authorize(request({ identityPolicies: identity(odd, allow()) }));
    assert.equal(decision.allowed, true);
    assert.deepEqual(decision.problems, [
      'statement "Odd" of role::files: condition aws:x Odd 1 has an unknown operator',
    ]);
  });
});

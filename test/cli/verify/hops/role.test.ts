import assert from "node:assert/strict";

import { checkAccess, checkTrust } from "../../../../cli/verify/hops/role";
import { problemsOf, remedyOf } from "../../status/support";

const serverArn = "arn:aws:transfer:ap-northeast-1:123456789012:server/s-1";
const trust = (resource: string, account = "123456789012") => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "transfer.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:123456789012:${resource}` },
      },
    },
  ],
});
const policy = (Action: string[], Resource = ["arn:aws:s3:::files", "arn:aws:s3:::files/*"]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const role = (document: object, trustPolicy: object = trust("user/*")) => ({
  name: "files",
  trust: trustPolicy,
  policies: new Map([["access", document]]),
});
const common = { serverArn, user: "camera01", restore: "Restore." };

describe("checkTrust", () => {
  const check = (trustPolicy: object) => checkTrust({ ...common, role: role({}, trustPolicy) });

  it("accepts a trust for the server's users", () => {
    assert.equal(check(trust("user/s-1/*")).state, "ok");
  });

  for (const [what, document] of [
    ["servers", trust("server/*")],
    ["users of another server", trust("user/s-2/*")],
    ["another account", trust("user/*", "210987654321")],
  ] as const) {
    it(`reports a trust for ${what}`, () => {
      const finding = check(document);
      assert.equal(finding.state, "drift");
      assert.match(finding.remedy ?? "", /every file operation fails with 550/);
    });
  }
});

describe("checkAccess", () => {
  const check = (
    document: object,
    more: { policy?: string; bucketPolicy?: string; target?: string } = {},
  ) => [
    checkAccess({
      ...common,
      role: role(document),
      answer: {
        role: "arn:aws:iam::123456789012:role/files",
        homeDirectoryType: "LOGICAL",
        homeDirectoryDetails: JSON.stringify([
          { Entry: "/", Target: more.target ?? "/files/users/${transfer:UserName}" },
        ]),
        policy: more.policy,
      },
      bucket: "files",
      bucketPolicy: more.bucketPolicy,
    }),
  ];

  it("accepts a role that may list, write, stat and read", () => {
    assert.deepEqual(problemsOf(check(policy(["s3:*"]))), []);
    const own = policy(
      ["s3:*"],
      ["arn:aws:s3:::files", "arn:aws:s3:::files/users/${transfer:UserName}/*"],
    );
    assert.deepEqual(problemsOf(check(policy(["s3:*"]), { policy: JSON.stringify(own) })), []);
  });

  it("reports the first operation that the role's policy denies", () => {
    const findings = check(policy(["s3:ListBucket", "s3:GetObject"]));
    assert.match(problemsOf(findings)[0], /^drift: file role's access: denies s3:PutObject: /);
    assert.match(remedyOf(findings), /^Users log in, and write fails with 550/);
    assert.match(remedyOf(check(policy(["s3:PutObject"]))), /, and list fails with 550/);
  });

  it("reports what the session policy denies", () => {
    const session = JSON.stringify(policy(["s3:ListBucket", "s3:PutObject"]));
    assert.match(remedyOf(check(policy(["s3:*"]), { policy: session })), /stat fails|read fails/);
  });

  it("reports what the bucket's policy denies", () => {
    const { Statement, ...rest } = policy(["s3:GetObject"]);
    const bucketPolicy = JSON.stringify({
      ...rest,
      Statement: [{ ...Statement[0], Effect: "Deny", Principal: "*" }],
    });
    assert.match(remedyOf(check(policy(["s3:*"]), { bucketPolicy })), /fails with 550/);
  });

  it("reports a home in another bucket", () => {
    assert.deepEqual(problemsOf(check(policy(["s3:*"]), { target: "/other/users" })), [
      "drift: file role's access: other, not files",
    ]);
  });
});

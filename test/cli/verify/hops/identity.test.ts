import assert from "node:assert/strict";

import { checkInvocationRole, policiesOf, roleArn } from "../../../../cli/verify/hops/identity";
import { problemsOf } from "../../status/support";

const Arn = "arn:aws:transfer:ap-northeast-1:123456789012:server/s-1";
const method =
  "arn:aws:execute-api:ap-northeast-1:123456789012:abc/prod/GET/servers/s-1/users/any/config";

describe("checkInvocationRole", () => {
  const check = (source: string, resource: string) =>
    problemsOf(
      checkInvocationRole(
        { Arn },
        {
          name: "caller",
          trust: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "transfer.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { ArnLike: { "aws:SourceArn": source } },
              },
            ],
          },
          policies: new Map([
            [
              "call",
              {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: resource }],
              },
            ],
          ]),
        },
        method,
        "Restore.",
      ),
    );
  const servers = "arn:aws:execute-api:ap-northeast-1:123456789012:abc/prod/GET/servers/*";

  it("accepts a role for the server that may call the API", () => {
    assert.deepEqual(check(Arn, servers), []);
  });

  it("reports a trust and a policy for something else", () => {
    const problems = check(Arn.replace("s-1", "s-2"), servers.replace("abc", "xyz"));
    assert.equal(problems.length, 2);
    assert.match(problems[0], /^drift: invocation role's trust: denies Transfer Family: /);
    assert.match(problems[1], /^drift: invocation role's policy: may not call the API: /);
  });
});

describe("roleArn", () => {
  it("keeps partition and account", () => {
    const like = "arn:aws-cn:transfer:cn-north-1:210987654321:server/s-1";
    assert.equal(roleArn(like, "files"), "arn:aws-cn:iam::210987654321:role/files");
  });
});

describe("policiesOf", () => {
  it("names each policy with its role", () => {
    const policies = new Map([["access", { Version: "2012-10-17" }]]);
    assert.deepEqual(policiesOf({ name: "files", trust: {}, policies }), [
      { source: "policy access of files", document: '{"Version":"2012-10-17"}' },
    ]);
  });
});

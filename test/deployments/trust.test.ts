import assert from "node:assert/strict";

import type { StackSettings } from "../../deployments/check-stack";
import { awsEnvironment, trustPolicy } from "../../deployments/trust";

interface Document {
  readonly Statement: {
    readonly Sid: string;
    readonly Principal: { readonly Federated: string };
    readonly Condition: {
      readonly StringEquals: Record<string, string>;
      readonly StringLike: Record<string, string>;
    };
  }[];
}

const stack = {
  name: "dev",
  roleArn: "arn:aws-cn:iam::111111111111:role/canal-ftp-dev-deploy",
} as StackSettings;

describe("deployments/trust", () => {
  it("trusts deployments of the stack, and logins through its ESC environment", () => {
    const { Statement } = trustPolicy("acme", stack) as Document;
    const read = Statement.map(({ Sid, Condition: { StringEquals, StringLike } }) => [
      Sid,
      StringEquals["api.pulumi.com/oidc:aud"],
      StringLike["api.pulumi.com/oidc:sub"],
    ]);
    assert.deepEqual(read, [
      [
        "Deployments",
        "acme",
        "pulumi:deploy:org:acme:project:canal-ftp:stack:dev:operation:*:scope:write",
      ],
      ["People", "aws:acme", `pulumi:environments:org:acme:env:canal-ftp/${awsEnvironment("dev")}`],
    ]);
  });

  it("names the identity provider of the role's own account and partition", () => {
    const { Statement } = trustPolicy("acme", stack) as Document;
    for (const { Principal } of Statement) {
      assert.equal(
        Principal.Federated,
        "arn:aws-cn:iam::111111111111:oidc-provider/api.pulumi.com/oidc",
      );
    }
  });
});

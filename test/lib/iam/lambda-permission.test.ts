import assert from "node:assert/strict";
import { authorize, permissionToStatement, type LambdaPermission } from "../../../lib/iam";
import { accountId, policy, request, roleSession } from "./support";

const functionArn = `arn:aws:lambda:ap-northeast-1:${accountId}:function:idp`;
const apiArn = `arn:aws:execute-api:ap-northeast-1:${accountId}:abc`;
const lambdaPermission: LambdaPermission = {
  statementId: "api-invoke",
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
  sourceArn: `${apiArn}/*/GET/servers/*/users/*/config`,
  sourceAccount: accountId,
};

function invoke(permission: LambdaPermission, service: string, sourceArn: string) {
  return authorize(
    request({
      action: "lambda:InvokeFunction",
      resource: functionArn,
      principal: { type: "service", service },
      context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": accountId },
      resourcePolicies: [policy("permission::api", permissionToStatement(permission, functionArn))],
    }),
  );
}

describe("iam: Lambda permissions", () => {
  it("become the statement that GetPolicy shows", () => {
    assert.deepEqual(permissionToStatement(lambdaPermission, functionArn), {
      Sid: "api-invoke",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: functionArn,
      Condition: {
        ArnLike: { "AWS:SourceArn": lambdaPermission.sourceArn },
        StringEquals: { "AWS:SourceAccount": accountId },
      },
    });
  });

  it("keep every restriction", () => {
    const { action, principal } = lambdaPermission;
    const statement = permissionToStatement(
      {
        action,
        principal,
        sourceAccount: "1",
        principalOrgId: "o-1",
        eventSourceToken: "t",
        functionUrlAuthType: "AWS_IAM",
        invokedViaFunctionUrl: true,
      },
      functionArn,
    );
    assert.deepEqual(statement.Condition, {
      StringEquals: {
        "AWS:SourceAccount": "1",
        "aws:PrincipalOrgID": "o-1",
        "lambda:EventSourceToken": "t",
        "lambda:FunctionUrlAuthType": "AWS_IAM",
      },
      Bool: { "lambda:InvokedViaFunctionUrl": "true" },
    });
    assert.ok(!("Condition" in permissionToStatement({ action, principal }, functionArn)));
    const live = permissionToStatement({ action, principal, qualifier: "live" }, functionArn);
    assert.equal(live.Resource, `${functionArn}:live`);
  });

  it("distinguish services, accounts, roles and every principal", () => {
    const principalOf = (principal: string) =>
      permissionToStatement({ action: "lambda:*", principal }, functionArn).Principal;
    assert.deepEqual(principalOf("s3.amazonaws.com"), { Service: "s3.amazonaws.com" });
    assert.deepEqual(principalOf(accountId), { AWS: accountId });
    assert.deepEqual(principalOf(roleSession.roleArn), { AWS: roleSession.roleArn });
    assert.equal(principalOf("*"), "*");
    for (const service of [`x${accountId}`, `${accountId}x`])
      assert.deepEqual(principalOf(service), { Service: service });
  });

  it("let the API's method invoke the function, and nothing else", () => {
    const method = `${apiArn}/prod/GET/servers/s-1/users/u/config`;
    assert.equal(invoke(lambdaPermission, "apigateway.amazonaws.com", method).allowed, true);
    const other = method.replace("/GET/", "/POST/");
    assert.equal(invoke(lambdaPermission, "apigateway.amazonaws.com", other).allowed, false);
    const transfer = invoke(lambdaPermission, "transfer.amazonaws.com", method);
    assert.match(
      transfer.allowed ? "" : transfer.reason,
      /^no statement of permission::api allows lambda:InvokeFunction on .* to transfer\.amazonaws\.com/,
    );
  });

  it("without a permission no service may invoke", () => {
    const decision = authorize(
      request({
        action: "lambda:InvokeFunction",
        resource: functionArn,
        principal: { type: "service", service: "apigateway.amazonaws.com" },
      }),
    );
    assert.match(
      decision.allowed ? "" : decision.reason,
      /^no policy is attached to .*function:idp/,
    );
  });
});

import assert from "node:assert/strict";
import { authorize, permissionToStatement, type LambdaPermission } from "../../../lib/iam";
import { ACCOUNT, policy, request, ROLE } from "./support";

const FUNCTION = `arn:aws:lambda:ap-northeast-1:${ACCOUNT}:function:idp`;
const API = `arn:aws:execute-api:ap-northeast-1:${ACCOUNT}:abc`;
const PERMISSION: LambdaPermission = {
  statementId: "api-invoke",
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
  sourceArn: `${API}/*/GET/servers/*/users/*/config`,
  sourceAccount: ACCOUNT,
};

function invoke(permission: LambdaPermission, service: string, sourceArn: string) {
  return authorize(
    request({
      action: "lambda:InvokeFunction",
      resource: FUNCTION,
      principal: { type: "service", service },
      context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": ACCOUNT },
      resourcePolicies: [policy("permission::api", permissionToStatement(permission, FUNCTION))],
    }),
  );
}

describe("iam: Lambda permissions", () => {
  it("become the statement that GetPolicy shows", () => {
    assert.deepEqual(permissionToStatement(PERMISSION, FUNCTION), {
      Sid: "api-invoke",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: FUNCTION,
      Condition: {
        ArnLike: { "AWS:SourceArn": PERMISSION.sourceArn },
        StringEquals: { "AWS:SourceAccount": ACCOUNT },
      },
    });
  });

  it("keep every restriction", () => {
    const { action, principal } = PERMISSION;
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
      FUNCTION,
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
    assert.ok(!("Condition" in permissionToStatement({ action, principal }, FUNCTION)));
    const live = permissionToStatement({ action, principal, qualifier: "live" }, FUNCTION);
    assert.equal(live.Resource, `${FUNCTION}:live`);
  });

  it("tell services, accounts, roles and everyone apart", () => {
    const principalOf = (principal: string) =>
      permissionToStatement({ action: "lambda:*", principal }, FUNCTION).Principal;
    assert.deepEqual(principalOf("s3.amazonaws.com"), { Service: "s3.amazonaws.com" });
    assert.deepEqual(principalOf(ACCOUNT), { AWS: ACCOUNT });
    assert.deepEqual(principalOf(ROLE.roleArn), { AWS: ROLE.roleArn });
    assert.equal(principalOf("*"), "*");
  });

  it("let the API's method invoke the function, and nothing else", () => {
    const method = `${API}/prod/GET/servers/s-1/users/u/config`;
    assert.equal(invoke(PERMISSION, "apigateway.amazonaws.com", method).allowed, true);
    const other = method.replace("/GET/", "/POST/");
    assert.equal(invoke(PERMISSION, "apigateway.amazonaws.com", other).allowed, false);
    const transfer = invoke(PERMISSION, "transfer.amazonaws.com", method);
    assert.match(
      transfer.allowed ? "" : transfer.reason,
      /^no statement of permission::api allows lambda:InvokeFunction on .* to transfer\.amazonaws\.com/,
    );
  });

  it("without a permission no service may invoke", () => {
    const decision = authorize(
      request({
        action: "lambda:InvokeFunction",
        resource: FUNCTION,
        principal: { type: "service", service: "apigateway.amazonaws.com" },
      }),
    );
    assert.match(
      decision.allowed ? "" : decision.reason,
      /^no policy is attached to .*function:idp/,
    );
  });
});

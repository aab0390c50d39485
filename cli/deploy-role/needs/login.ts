import { ec2, need, Need } from "../need";

const role = "arn:{partition}:iam::{account}:role/{name}-*";
const fn = "arn:{partition}:lambda:{region}:{account}:function:{name}-*";
/** API Gateway makes up the ids of its APIs, and its actions are those of HTTP. */
const apis = "arn:{partition}:apigateway:{region}::/restapis";
const api = `${apis}/*`;
const apiTags = "arn:{partition}:apigateway:{region}::/tags/*";

const apiGateway = (on: string | string[], verbs: Partial<Need>) =>
  need("amazonapigatewaymanagement", on, verbs);

/** The way of a login: server, API, function, and the roles between them. */
export const login: Record<string, Need> = {
  "aws:transfer/server:Server": need(
    "awstransferfamily",
    [
      "arn:{partition}:transfer:{region}:{account}:server/*",
      ...ec2("vpc", "subnet", "security-group", "route-table", "vpc-endpoint"),
    ],
    {
      // Its endpoint in the VPC and its structured logs are made with the caller's permissions.
      create: ["transfer:TagResource", "ec2:CreateVpcEndpoint"],
      read: ["transfer:DescribeServer", "transfer:ListTagsForResource"],
      update: [
        "transfer:UpdateServer",
        "ec2:ModifyVpcEndpoint",
        "transfer:StartServer",
        "transfer:StopServer",
        "transfer:TagResource",
        "transfer:UntagResource",
      ],
      delete: ["transfer:DeleteServer", "ec2:DeleteVpcEndpoints"],
      everywhere: [
        "transfer:CreateServer",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeSecurityGroups",
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ],
    },
  ),
  "aws:apigateway/restApi:RestApi": apiGateway([apis, api, apiTags], {
    create: ["apigateway:POST", "apigateway:PUT"],
    read: ["apigateway:GET"],
    update: ["apigateway:PATCH", "apigateway:PUT"],
    delete: ["apigateway:DELETE"],
  }),
  "aws:apigateway/deployment:Deployment": apiGateway(api, {
    create: ["apigateway:POST"],
    read: ["apigateway:GET"],
    update: ["apigateway:PATCH"],
    delete: ["apigateway:DELETE"],
  }),
  "aws:apigateway/stage:Stage": apiGateway([apis, api, apiTags], {
    create: ["apigateway:POST", "apigateway:PUT"],
    read: ["apigateway:GET"],
    update: ["apigateway:PATCH"],
    delete: ["apigateway:DELETE"],
  }),
  "aws:apigateway/methodSettings:MethodSettings": apiGateway(api, {
    create: ["apigateway:PATCH"],
    read: ["apigateway:GET"],
    update: ["apigateway:PATCH"],
    delete: ["apigateway:PATCH"],
  }),
  "aws:lambda/function:Function": need("awslambda", fn, {
    create: ["lambda:CreateFunction", "lambda:TagResource"],
    read: [
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:ListVersionsByFunction",
      "lambda:GetRuntimeManagementConfig",
      "lambda:GetFunctionRecursionConfig",
      "lambda:ListTags",
    ],
    update: [
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
      "lambda:PutFunctionConcurrency",
      "lambda:DeleteFunctionConcurrency",
      "lambda:TagResource",
      "lambda:UntagResource",
    ],
    delete: ["lambda:DeleteFunction"],
    // For a function in the VPC.
    everywhere: ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
  }),
  "aws:lambda/permission:Permission": need("awslambda", fn, {
    create: ["lambda:AddPermission"],
    read: ["lambda:GetPolicy"],
    delete: ["lambda:RemovePermission"],
  }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": need(
    "awslambda",
    "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*",
    {
      create: ["lambda:TagResource"],
      read: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
      update: ["lambda:UpdateEventSourceMapping", "lambda:TagResource", "lambda:UntagResource"],
      delete: ["lambda:DeleteEventSourceMapping"],
      everywhere: ["lambda:CreateEventSourceMapping"],
    },
  ),
  "aws:iam/role:Role": need("awsidentityandaccessmanagementiam", role, {
    create: ["iam:CreateRole", "iam:TagRole"],
    read: [
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
    ],
    update: [
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:UpdateAssumeRolePolicy",
      "iam:TagRole",
      "iam:UntagRole",
    ],
    delete: ["iam:DeleteRole"],
  }),
  "aws:iam/rolePolicy:RolePolicy": need("awsidentityandaccessmanagementiam", role, {
    create: ["iam:PutRolePolicy"],
    read: ["iam:GetRolePolicy"],
    update: ["iam:PutRolePolicy"],
    delete: ["iam:DeleteRolePolicy"],
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": need(
    "awsidentityandaccessmanagementiam",
    role,
    {
      create: ["iam:AttachRolePolicy"],
      read: ["iam:ListAttachedRolePolicies"],
      delete: ["iam:DetachRolePolicy"],
    },
  ),
  "aws:secretsmanager/secret:Secret": need(
    "awssecretsmanager",
    "arn:{partition}:secretsmanager:{region}:{account}:secret:aws/transfer/*",
    {
      create: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      update: [
        "secretsmanager:UpdateSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
      ],
      delete: ["secretsmanager:DeleteSecret"],
    },
  ),
  "aws:secretsmanager/secretVersion:SecretVersion": need(
    "awssecretsmanager",
    "arn:{partition}:secretsmanager:{region}:{account}:secret:aws/transfer/*",
    {
      create: ["secretsmanager:PutSecretValue"],
      read: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      update: ["secretsmanager:UpdateSecretVersionStage"],
      delete: ["secretsmanager:UpdateSecretVersionStage"],
    },
  ),
};

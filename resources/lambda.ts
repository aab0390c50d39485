import { actions } from "./actions";
import { hex, uuid } from "./context";
import { costsNothing } from "./cost-item";
import { named, type Service } from "./resource-type";

const page = "awslambda";
const oneFunction = "arn:{partition}:lambda:{region}:{account}:function:{name}-*";

export const lambda: Service = {
  types: {
    "aws:lambda/function:Function": {
      create: named((name, context) => {
        const arn = context.arn("lambda", `function:${name}`);
        const path = `path/2015-03-31/functions/${arn}/invocations`;
        // The form in which API Gateway names a function.
        const invokeArn = context.arn("apigateway", path, { account: "lambda" });
        return { arn, invokeArn, version: "$LATEST" };
      }),
      replacedBy: ["name", "packageType"],
      creationSeconds: 15,
      actions: actions(page, oneFunction, {
        create: [
          "lambda:CreateFunction",
          "lambda:TagResource",
          // For a function in a VPC.
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
        ],
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
        passesRoleTo: "lambda.amazonaws.com",
      }),
      cost: [
        {
          name: "Lambda, calls",
          price: "lambda.million",
          formula: "(logins + files where a queue feeds a function + scheduled calls) / 10^6",
          units: ({ functionCalls }) =>
            functionCalls.reduce((sum, { calls }) => sum + calls, 0) / 1e6,
        },
        {
          name: "Lambda, duration",
          price: "lambda.gbSecond",
          formula:
            "calls x GB of memory x seconds: 0.17 for a login, 0.01 if remembered, 0.5 for a file, 5 for a scheduled call",
          units: ({ functionCalls }) =>
            functionCalls.reduce(
              (sum, { calls, seconds, memoryMb }) => sum + (calls * seconds * memoryMb) / 1024,
              0,
            ),
        },
      ],
    },

    "aws:lambda/permission:Permission": {
      create: (name, inputs) => {
        const statementId = String(inputs.statementId ?? `${name}-${hex(name, 7)}`);
        return { id: statementId, outputs: { statementId } };
      },
      replacedBy: [
        "action",
        "function",
        "principal",
        "qualifier",
        "sourceAccount",
        "sourceArn",
        "statementId",
      ],
      actions: actions(page, oneFunction, {
        create: ["lambda:AddPermission"],
        read: ["lambda:GetPolicy"],
        delete: ["lambda:RemovePermission"],
      }),
      cost: costsNothing.permission,
    },

    "aws:lambda/eventSourceMapping:EventSourceMapping": {
      create: (name, inputs, context) => {
        const id = uuid(name);
        return {
          id,
          outputs: {
            uuid: id,
            arn: context.arn("lambda", `event-source-mapping:${id}`),
            functionArn: inputs.functionName,
            state: "Enabled",
          },
        };
      },
      replacedBy: [
        "eventSourceArn",
        "startingPosition",
        "startingPositionTimestamp",
        "queues",
        "topics",
      ],
      actions: actions(page, "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*", {
        create: ["lambda:CreateEventSourceMapping", "lambda:TagResource"],
        read: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
        update: ["lambda:UpdateEventSourceMapping", "lambda:TagResource", "lambda:UntagResource"],
        delete: ["lambda:DeleteEventSourceMapping"],
      }),
      cost: "its polls are requests to the queue",
    },

    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
      cost: costsNothing.setting,
    },
  },
};

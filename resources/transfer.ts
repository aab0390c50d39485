import { ofType } from "../lib/stack/resource";
import { actions, ec2Arns } from "./actions";
import { hex } from "./context";
import { countOf, hoursPerMonth } from "./cost-item";
import type { Service } from "./resource-type";

const server = "aws:transfer/server:Server";

export const transfer: Service = {
  types: {
    [server]: {
      create: (name, inputs, context) => {
        const id = `s-${hex(name, 17)}`;
        const details = inputs.endpointDetails as Record<string, unknown> | undefined;
        return {
          id,
          outputs: {
            arn: context.arn("transfer", `server/${id}`),
            // A server in a VPC has this name, too, but only the name of its VPC endpoint resolves.
            endpoint: `${id}.server.transfer.${context.region}.amazonaws.com`,
            endpointDetails: details && { ...details, vpcEndpointId: `vpce-${hex(name, 17)}` },
          },
        };
      },
      replacedBy: ["domain", "identityProviderType", "endpointDetails.vpcId"],
      creationSeconds: 150,
      actions: actions(
        "awstransferfamily",
        [
          "arn:{partition}:transfer:{region}:{account}:server/*",
          ...ec2Arns("vpc", "subnet", "security-group", "route-table", "vpc-endpoint"),
        ],
        {
          // Its endpoint in the VPC and its structured logs are created with the caller's permissions.
          create: [
            "transfer:CreateServer",
            "transfer:TagResource",
            "ec2:CreateVpcEndpoint",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "ec2:DescribeSecurityGroups",
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
          ],
          read: [
            "transfer:DescribeServer",
            "transfer:ListTagsForResource",
            "ec2:DescribeVpcEndpoints",
          ],
          update: [
            "transfer:UpdateServer",
            "ec2:ModifyVpcEndpoint",
            "logs:UpdateLogDelivery",
            "transfer:StartServer",
            "transfer:StopServer",
            "transfer:TagResource",
            "transfer:UntagResource",
          ],
          delete: [
            "transfer:DeleteServer",
            "ec2:DeleteVpcEndpoints",
            "logs:DeleteLogDelivery",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
          ],
          passesRoleTo: "transfer.amazonaws.com",
        },
      ),
      cost: [
        {
          name: "Transfer Family, server",
          price: "transfer.hour",
          formula: "730 x protocols of all servers, also while they are stopped",
          units: ({ resources }) =>
            ofType(resources, server).reduce(
              (hours, { outputs }) =>
                hours + hoursPerMonth * ((outputs.protocols as string[]) ?? ["SFTP"]).length,
              0,
            ),
        },
        {
          name: "Transfer Family, data",
          price: "transfer.gb",
          formula: "GB transferred",
          units: (stack) => (countOf(stack, server) > 0 ? stack.usage.transferredGb : 0),
        },
      ],
    },
  },
};

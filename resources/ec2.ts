import { Answerer, hex } from "./context";

const securityGroupRule: Answerer = (name, _inputs, context) => {
  const id = `sgr-${hex(name, 17)}`;
  return {
    id,
    outputs: { arn: context.arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id },
  };
};

/** Security groups, peering and routes. The VPC itself comes from awsx: see vpc.ts. */
export const ec2: Record<string, Answerer> = {
  "aws:ec2/securityGroup:SecurityGroup": (name, _inputs, context) => {
    const id = `sg-${hex(name, 17)}`;
    return {
      id,
      outputs: { arn: context.arn("ec2", `security-group/${id}`), ownerId: context.accountId },
    };
  },

  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,

  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": (_name, inputs) => ({
    id: String(inputs.vpcPeeringConnectionId),
    outputs: { acceptStatus: inputs.autoAccept === true ? "active" : "pending-acceptance" },
  }),

  "aws:ec2/route:Route": (name) => ({
    id: `r-rtb${hex(name, 17)}`,
    outputs: { origin: "CreateRoute", state: "active" },
  }),
};

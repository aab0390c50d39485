import { actions, ec2Arns } from "./actions";
import { hex } from "./context";
import { costsNothing } from "./cost-item";
import type { ResourceType, Service } from "./resource-type";

const rule = (direction: "Ingress" | "Egress"): ResourceType => ({
  create: (name, _inputs, context) => {
    const id = `sgr-${hex(name, 17)}`;
    return {
      id,
      outputs: { arn: context.arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id },
    };
  },
  replacedBy: ["securityGroupId"],
  actions: actions("amazonec2", ec2Arns("security-group", "security-group-rule"), {
    create: [`ec2:AuthorizeSecurityGroup${direction}`, "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules", "ec2:CreateTags", "ec2:DeleteTags"],
    delete: [`ec2:RevokeSecurityGroup${direction}`],
  }),
  cost: costsNothing.network,
});

/** Rules of security groups; the groups themselves are in ec2.ts. */
export const vpc: Service = {
  types: {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("Ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("Egress"),
  },
};

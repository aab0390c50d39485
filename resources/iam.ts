import { actions } from "./actions";
import { hex, physicalName } from "./context";
import { costsNothing } from "./cost-item";
import { named, type Service } from "./resource-type";
import { usedBy } from "./rejections";

const page = "awsidentityandaccessmanagementiam";
const oneRole = "arn:{partition}:iam::{account}:role/{name}-*";

export const iam: Service = {
  types: {
    "aws:iam/role:Role": {
      create: named((role, context, logicalName) => ({
        arn: context.arn("iam", `role/${role}`, { region: "" }),
        uniqueId: `AROA${hex(logicalName, 17).toUpperCase()}`,
      })),
      replacedBy: ["name", "namePrefix", "path"],
      creationSeconds: 8,
      rejectDelete: usedBy(
        "DeleteConflict: Cannot delete entity, must delete policies first",
        ["aws:iam/rolePolicy:RolePolicy", "role"],
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"],
      ),
      actions: actions(page, oneRole, {
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
      cost: costsNothing.permission,
    },

    "aws:iam/rolePolicy:RolePolicy": {
      create: (name, inputs) => {
        const policyName = physicalName(inputs.name, name);
        return { id: `${String(inputs.role)}:${policyName}`, outputs: { name: policyName } };
      },
      replacedBy: ["name", "namePrefix", "role"],
      actions: actions(page, oneRole, {
        create: ["iam:PutRolePolicy"],
        read: ["iam:GetRolePolicy"],
        update: ["iam:PutRolePolicy"],
        delete: ["iam:DeleteRolePolicy"],
      }),
      cost: costsNothing.permission,
    },

    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
      create: (_name, { role, policyArn }) => ({
        id: `${String(role)}/${String(policyArn)}`,
        outputs: {},
      }),
      replacedBy: ["role", "policyArn"],
      actions: actions(page, oneRole, {
        create: ["iam:AttachRolePolicy"],
        read: ["iam:ListAttachedRolePolicies"],
        delete: ["iam:DetachRolePolicy"],
        limitedBy: { key: "iam:PolicyARN", input: "policyArn" },
      }),
      cost: costsNothing.permission,
    },

    "aws:iam/policy:Policy": { cost: costsNothing.permission },
  },
};

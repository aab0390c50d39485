import { Answerer, hex, physicalName } from "./context";

export const iam: Record<string, Answerer> = {
  "aws:iam/role:Role": (name, inputs, context) => {
    const roleName = physicalName(inputs.name, name);
    return {
      id: roleName,
      outputs: {
        name: roleName,
        arn: context.arn("iam", `role/${roleName}`, { region: "" }),
        uniqueId: `AROA${hex(name, 17).toUpperCase()}`,
      },
    };
  },

  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (_name, { role, policyArn }) => ({
    id: `${String(role)}/${String(policyArn)}`,
    outputs: {},
  }),

  "aws:iam/rolePolicy:RolePolicy": (name, inputs) => {
    const policyName = physicalName(inputs.name, name);
    return { id: `${String(inputs.role)}:${policyName}`, outputs: { name: policyName } };
  },
};

import { actions } from "./actions";
import { named, type Service } from "./resource-type";

export const budgets: Service = {
  types: {
    "aws:budgets/budget:Budget": {
      create: named((budget, context) => ({
        id: `${context.accountId}:${budget}`,
        accountId: context.accountId,
        arn: context.arn("budgets", `budget/${budget}`, { region: "" }),
      })),
      replacedBy: ["name", "namePrefix", "accountId"],
      actions: actions("awsbudgetservice", "arn:{partition}:budgets::{account}:budget/{name}-*", {
        create: ["budgets:ModifyBudget", "budgets:TagResource"],
        read: ["budgets:ViewBudget", "budgets:ListTagsForResource"],
        update: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
        delete: ["budgets:ModifyBudget"],
      }),
      cost: "budgets without actions cost nothing",
    },
  },
};

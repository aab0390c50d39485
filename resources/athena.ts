import { actions } from "./actions";
import { countOf, daysPerMonth } from "./cost-item";
import { named, type Service } from "./resource-type";

const workgroup = "aws:athena/workgroup:Workgroup";

/** TB that a daily query reads: 10 MB, the least that Athena bills a query for. */
const tbPerQuery = 1e-5;

export const athena: Service = {
  types: {
    [workgroup]: {
      create: named((name, context) => ({ arn: context.arn("athena", `workgroup/${name}`) })),
      replacedBy: ["name"],
      actions: actions(
        "amazonathena",
        "arn:{partition}:athena:{region}:{account}:workgroup/{name}-*",
        {
          create: ["athena:CreateWorkGroup", "athena:TagResource"],
          read: ["athena:GetWorkGroup", "athena:ListTagsForResource"],
          update: ["athena:UpdateWorkGroup", "athena:TagResource", "athena:UntagResource"],
          delete: ["athena:DeleteWorkGroup"],
        },
      ),
      cost: [
        {
          name: "Athena, data read",
          price: "athena.tb",
          formula: "10 MB x 30.4 days x workgroups, the least of a daily query, in TB",
          units: (stack) => tbPerQuery * daysPerMonth * countOf(stack, workgroup),
        },
      ],
    },
    "aws:athena/namedQuery:NamedQuery": { cost: "stored text; running it is billed by TB read" },
  },
};

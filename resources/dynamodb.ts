import { ofType } from "../lib/stack/resource";
import { actions } from "./actions";
import { hex } from "./context";
import { countOf, loginsPerMonth } from "./cost-item";
import { named, type Service } from "./resource-type";

const page = "amazondynamodb";
const oneTable = "arn:{partition}:dynamodb:{region}:{account}:table/{name}-*";
const table = "aws:dynamodb/table:Table";

/** A login reads user, server and two failure counts, consistently. */
const readsPerLogin = 4;

/** GB of a table of users: a kilobyte for each of a thousand. */
const tableGb = 0.001;

export const dynamodb: Service = {
  types: {
    [table]: {
      create: named((name, context) => ({ arn: context.arn("dynamodb", `table/${name}`) })),
      replacedBy: ["name", "hashKey", "rangeKey", "localSecondaryIndexes"],
      creationSeconds: 12,
      rejectDelete: ({ id, inputs }) =>
        inputs.deletionProtectionEnabled === true
          ? `deleting DynamoDB Table (${id}): ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`
          : undefined,
      actions: actions(page, oneTable, {
        create: ["dynamodb:CreateTable", "dynamodb:TagResource"],
        read: [
          "dynamodb:DescribeTable",
          "dynamodb:DescribeContinuousBackups",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:ListTagsOfResource",
        ],
        update: [
          "dynamodb:UpdateTable",
          "dynamodb:UpdateContinuousBackups",
          "dynamodb:UpdateTimeToLive",
          "dynamodb:TagResource",
          "dynamodb:UntagResource",
        ],
        delete: ["dynamodb:DeleteTable"],
      }),
      cost: [
        {
          name: "DynamoDB, reads",
          price: "dynamodb.readMillion",
          formula: "4 x logins / 10^6",
          units: (stack) =>
            countOf(stack, table) > 0 ? (readsPerLogin * loginsPerMonth(stack)) / 1e6 : 0,
        },
        {
          name: "DynamoDB, storage",
          price: "dynamodb.gbMonth",
          formula: "0.001 x tables, of a thousand users",
          units: (stack) => tableGb * countOf(stack, table),
        },
        {
          name: "DynamoDB, point-in-time recovery",
          price: "dynamodb.backupGbMonth",
          formula: "0.001 x tables that have it",
          units: ({ resources }) =>
            tableGb *
            ofType(resources, table).filter(
              ({ outputs }) =>
                (outputs.pointInTimeRecovery as { enabled?: boolean })?.enabled === true,
            ).length,
        },
      ],
    },

    "aws:dynamodb/tableItem:TableItem": {
      create: (name, inputs) => ({
        id: `${String(inputs.tableName)}|${hex(name, 12)}`,
        outputs: {},
      }),
      replacedBy: ["tableName", "hashKey", "rangeKey"],
      actions: actions(page, oneTable, {
        create: ["dynamodb:PutItem"],
        read: ["dynamodb:GetItem"],
        update: ["dynamodb:UpdateItem", "dynamodb:PutItem"],
        delete: ["dynamodb:DeleteItem"],
      }),
      cost: "counts as storage of its table",
    },
  },
};

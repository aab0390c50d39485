import { Answerer, hex, physicalName } from "./context";

export const dynamodb: Record<string, Answerer> = {
  "aws:dynamodb/table:Table": (name, inputs, context) => {
    const table = physicalName(inputs.name, name);
    return {
      id: table,
      outputs: { name: table, arn: context.arn("dynamodb", `table/${table}`) },
    };
  },

  "aws:dynamodb/tableItem:TableItem": (name, inputs) => ({
    id: `${String(inputs.tableName)}|${hex(name, 12)}`,
    outputs: {},
  }),
};

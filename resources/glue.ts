import { Answerer, physicalName } from "./context";

/** The catalogue that Athena reads tables from. */
export const glue: Record<string, Answerer> = {
  "aws:glue/catalogDatabase:CatalogDatabase": (name, inputs, context) => {
    const database = physicalName(inputs.name, name);
    return {
      id: `${context.accountId}:${database}`,
      outputs: {
        name: database,
        catalogId: context.accountId,
        arn: context.arn("glue", `database/${database}`),
      },
    };
  },

  "aws:glue/catalogTable:CatalogTable": (name, inputs, context) => {
    const [database, table] = [String(inputs.databaseName), physicalName(inputs.name, name)];
    return {
      id: `${context.accountId}:${database}:${table}`,
      outputs: {
        name: table,
        catalogId: context.accountId,
        arn: context.arn("glue", `table/${database}/${table}`),
      },
    };
  },
};

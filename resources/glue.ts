import { actions } from "./actions";
import { physicalName } from "./context";
import { named, type Service } from "./resource-type";

const catalog = "arn:{partition}:glue:{region}:{account}:catalog";
const oneDatabase = "arn:{partition}:glue:{region}:{account}:database/{underscored}*";
const tables = "arn:{partition}:glue:{region}:{account}:table/{underscored}*/*";
const functions = "arn:{partition}:glue:{region}:{account}:userDefinedFunction/{underscored}*/*";

/** The catalog that Athena reads tables from. */
export const glue: Service = {
  types: {
    "aws:glue/catalogDatabase:CatalogDatabase": {
      create: named((database, context) => ({
        id: `${context.accountId}:${database}`,
        catalogId: context.accountId,
        arn: context.arn("glue", `database/${database}`),
      })),
      replacedBy: ["name", "catalogId"],
      // Deleting a database deletes its tables and functions, too.
      actions: actions("awsglue", [catalog, oneDatabase, tables, functions], {
        create: ["glue:CreateDatabase", "glue:TagResource"],
        read: ["glue:GetDatabase", "glue:GetTags"],
        update: ["glue:UpdateDatabase", "glue:TagResource", "glue:UntagResource"],
        delete: ["glue:DeleteDatabase"],
      }),
      cost: "the first million objects of the catalog are free",
    },

    "aws:glue/catalogTable:CatalogTable": {
      create: (name, inputs, context) => {
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
      replacedBy: ["name", "databaseName", "catalogId", "openTableFormatInput", "partitionIndices"],
      actions: actions("awsglue", [catalog, oneDatabase, tables], {
        create: ["glue:CreateTable"],
        read: ["glue:GetTable", "glue:GetPartitionIndexes"],
        update: ["glue:UpdateTable"],
        delete: ["glue:DeleteTable"],
      }),
      cost: "the first million objects of the catalog are free; Athena bills each query by TB read",
    },
  },
};

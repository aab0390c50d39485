import assert from "node:assert/strict";

import { created } from "./support";

describe("resources/glue", () => {
  it("a database and a table have the account's id in theirs", () => {
    const database = created("aws:glue/catalogDatabase:CatalogDatabase", "db", { name: "site" });
    assert.deepEqual(
      [database.id, database.outputs.name, database.outputs.arn],
      ["210987654321:site", "site", "arn:aws:glue:eu-west-1:210987654321:database/site"],
    );
    const table = created("aws:glue/catalogTable:CatalogTable", "table", {
      databaseName: "site",
      name: "uploads",
    });
    assert.deepEqual(
      [table.id, table.outputs.arn],
      ["210987654321:site:uploads", "arn:aws:glue:eu-west-1:210987654321:table/site/uploads"],
    );
  });
});

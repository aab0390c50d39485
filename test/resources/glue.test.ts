import assert from "node:assert/strict";

import { answered } from "./support";

describe("answers of the Glue catalogue", () => {
  it("a database and a table have the account's catalogue in their ids", () => {
    const database = answered("aws:glue/catalogDatabase:CatalogDatabase", "db", { name: "site" });
    assert.deepEqual(
      [database.id, database.outputs.name, database.outputs.arn],
      ["210987654321:site", "site", "arn:aws:glue:eu-west-1:210987654321:database/site"],
    );
    const table = answered("aws:glue/catalogTable:CatalogTable", "table", {
      databaseName: "site",
      name: "uploads",
    });
    assert.deepEqual(
      [table.id, table.outputs.arn],
      ["210987654321:site:uploads", "arn:aws:glue:eu-west-1:210987654321:table/site/uploads"],
    );
  });
});

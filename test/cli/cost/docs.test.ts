import assert from "node:assert/strict";

import { readPrices } from "../../../cli/cost/prices";
import { priceHeads, priceTable } from "../../../cli/cost/report";
import { tableIn } from "./support";

/** The letters in the formulas about logins, and the prices that they stand for. */
const letterPrices: Record<string, string> = {
  S: "transfer.hour",
  A: "api.million",
  R: "lambda.million",
  G: "lambda.gbSecond",
  D: "dynamodb.readMillion",
  L: "logs.gb",
  M: "secret.readMillion",
  E: "secret.month",
};

describe("docs/costs.md", () => {
  const list = readPrices();

  it("has every item with the formula and the price that the command counts with", () => {
    assert.deepEqual(tableIn("docs/costs.md", priceHeads), priceTable(list));
  });

  it("names the same amounts by letter", () => {
    const rows = tableIn("docs/costs.md", ["letter", "what", "USD", "checked"]);
    const letters = Object.fromEntries(
      rows.filter(([letter]) => letter !== "").map(([l, , usd]) => [l, usd]),
    );
    assert.deepEqual(Object.keys(letters).sort(), Object.keys(letterPrices).sort());
    for (const [letter, name] of Object.entries(letterPrices)) {
      assert.equal(Number(letters[letter]), list.prices[name].usd, letter);
    }
    const checked = rows.map(([, , , shown]) => shown === "yes");
    assert.equal(checked.filter(Boolean).length, 2);
    assert.ok(list.prices["transfer.hour"].checked && list.prices["transfer.gb"].checked);
  });
});

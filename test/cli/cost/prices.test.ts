import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { readPrices } from "../../../cli/cost/prices";

describe("cli/cost: price file", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-prices-"));
  after(() => fs.rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    const file = path.join(folder, "prices.json");
    fs.writeFileSync(file, text);
    return readPrices(file);
  };
  const price = { usd: 1, per: "hour", source: "https://a", date: "2026-09-20", checked: true };
  const withPrice = (changes: object) =>
    read(JSON.stringify({ prices: { "a.hour": { ...price, ...changes } } }));

  it("takes amounts from 0 on, and null for one that is not known", () => {
    for (const usd of [0, 0.5, null]) assert.equal(withPrice({ usd }).prices["a.hour"].usd, usd);
  });

  it("rejects a price without amount, unit, source or day, by its name", () => {
    for (const changes of [
      { usd: -1 },
      { usd: "1" },
      { usd: undefined },
      { per: "" },
      { source: "" },
      { date: "20 September" },
      { date: undefined },
    ]) {
      assert.throws(
        () => withPrice(changes),
        /the price a\.hour needs usd/,
        JSON.stringify(changes),
      );
    }
  });

  it("rejects what is not a price file", () => {
    assert.throws(() => read("{"), /cannot be read/);
    assert.throws(() => read("{}"), /has no prices/);
    assert.throws(() => readPrices(path.join(folder, "none.json")), /none\.json cannot be read/);
  });
});

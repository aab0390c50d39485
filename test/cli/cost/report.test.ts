import assert from "node:assert/strict";

import type { Month } from "../../../cli/cost/month";
import { usualUsage } from "../../../cli/cost/priced-stack";
import type { Price, PriceList } from "../../../cli/cost/prices";
import { monthDocument, monthText } from "../../../cli/cost/report";

const price = (usd: number | null, checked: boolean): Price => ({
  usd,
  per: "GB",
  source: "https://source",
  date: "2026-09-20",
  checked,
});
const list: PriceList = { currency: "USD", region: "ap-northeast-1", prices: {} };
const line = (item: string, units: number, unit: Price, once = false) => {
  const usd = unit.usd === null ? undefined : units * unit.usd;
  return { item, formula: "GB", units, price: unit, usd, once };
};
const known: Month = {
  lines: [line("data", 1234.4, price(0.0000133, true)), line("setup", 1, price(2, false), true)],
  sum: 0.01641752,
  checked: 0.01641752,
  notPriced: [],
};
const partly: Month = {
  ...known,
  lines: [...known.lines, line("secret", 2, price(null, false))],
  notPriced: [{ type: "aws:ssm/parameter:Parameter", count: 2 }],
};

describe("cli/cost: report", () => {
  it("prints amounts without an exponent, the day of a checked price, and what is billed once", () => {
    const text = monthText("dev", usualUsage, known, list);
    assert.match(text, /^data +1,234 x 0\.0000133 per GB +0\.02 +2026-09-20$/m);
    assert.match(text, /^setup +1 x 2 per GB +2\.00 once +to check$/m);
    assert.match(text, /^USD 0\.02 a month, of which 0\.02 at checked prices\.$/m);
    assert.doesNotMatch(text, /Not known|Not priced/);
  });

  it("names prices that are not known, and types that are not priced with their file", () => {
    const text = monthText("dev", usualUsage, partly, list);
    assert.match(text, /^secret +2 x \? per GB +not known +to check$/m);
    assert.match(text, /^At least USD 0\.02 a month/m);
    assert.match(text, /^Not known: the price of secret\. See https:\/\/source and add it to /m);
    assert.match(
      text,
      /^Not priced: aws:ssm\/parameter:Parameter \(2\)\. .* resources\/ssm\.ts\.$/m,
    );
  });

  it("is complete as a document only when every price and type is known", () => {
    const document = (month: Month) =>
      monthDocument("dev", usualUsage, month, list) as {
        complete: boolean;
        sum: number;
        lines: { usd: number | null }[];
      };
    assert.deepEqual([document(known).complete, document(partly).complete], [true, false]);
    assert.equal(document({ ...known, notPriced: partly.notPriced }).complete, false);
    assert.equal(document({ ...known, lines: partly.lines }).complete, false);
    assert.equal(document(known).sum, 0.0164);
    assert.deepEqual(
      document(partly).lines.map(({ usd }) => usd),
      [0.0164, 2, null],
    );
  });
});

import { formatTable } from "../core/table";
import { fileOf } from "../../resources";
import type { Usage } from "../../resources/cost-item";
import { costItems, type Line, type Month } from "./month";
import type { Price, PriceList } from "./prices";

/** The month as text. */
export function monthText(
  stack: string,
  usage: Usage,
  month: Month,
  { region }: PriceList,
): string {
  const { lines, sum, checked, notPriced } = month;
  const unknown = lines.filter(({ usd }) => usd === undefined);
  const rows = lines.map(({ item, units, price, usd, once }) => [
    item,
    `${numberText(units)} x ${priceText(price)} per ${price.per}`,
    `${usd === undefined ? "not known" : usd.toFixed(2)}${once ? " once" : ""}`,
    price.checked ? price.date : "to check",
  ]);
  const { loginsPerDay, filesPerDay, storedGb, transferredGb, remembered } = usage;
  return [
    `Stack ${stack}, a month of 730 hours, in USD, at prices of ${region}, without free tiers and taxes.\n`,
    `Assumed: ${loginsPerDay} logins and ${filesPerDay} files a day, ${storedGb} GB stored, ${transferredGb} GB transferred a month, ${remembered * 100}% of logins remembered.\n\n`,
    formatTable(["item", "units and price", "USD", "price of"], rows),
    `\n${unknown.length + notPriced.length > 0 ? "At least " : ""}USD ${sum.toFixed(2)} a month, of which ${checked.toFixed(2)} at checked prices.\n`,
    ...unknown.map(
      ({ item, price }) =>
        `Not known: the price of ${item}. See ${price.source} and add it to cli/cost/price-list.json.\n`,
    ),
    ...notPriced.map(
      ({ type, count }) =>
        `Not priced: ${type} (${count}). Add its items, or the reason why it costs nothing, to ${fileOf(type)}.\n`,
    ),
  ].join("");
}

/** The month as a JSON document. */
export function monthDocument(stack: string, usage: Usage, month: Month, list: PriceList): object {
  const { lines, sum, checked, notPriced } = month;
  const isComplete = notPriced.length === 0 && lines.every(({ usd }) => usd !== undefined);
  return {
    stack,
    currency: list.currency,
    region: list.region,
    usage,
    sum: round(sum),
    checked: round(checked),
    /** False: the sum is a minimum. */
    complete: isComplete,
    lines: lines.map(lineDocument),
    notPriced,
  };
}

function lineDocument({ item, formula, units, price, usd, once }: Line): object {
  const amount = usd === undefined ? null : round(usd);
  return { item, formula, units, price, usd: amount, once };
}

/** Every item with its formula and price: the table of docs/costs.md. */
export function priceTable({ prices }: PriceList): string[][] {
  return costItems.map(({ name, formula, price }) => {
    const { usd, per, source, date, checked } = prices[price];
    const amount = usd === null ? "not known" : amountText(usd);
    return [name, formula, amount, per, checked ? date : "to check", source];
  });
}

export const priceHeads = ["item", "units a month", "USD", "for a", "read", "source"];

const priceText = ({ usd }: Price) => (usd === null ? "?" : amountText(usd));

/** Without an exponent: 0.0000133 and not 1.33e-5. */
const amountText = (usd: number) => usd.toFixed(7).replace(/0+$/, "").replace(/\.$/, "");

const numberText = (units: number) =>
  units >= 100 ? Math.round(units).toLocaleString("en") : String(Number(units.toPrecision(3)));

const round = (usd: number) => Number(usd.toFixed(4));

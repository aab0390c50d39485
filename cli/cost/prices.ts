import * as fs from "node:fs";
import * as path from "node:path";

/** The price of a unit. */
export interface Price {
  /** Null when it is not known: the sum of the month then omits it and is reported as a minimum. */
  readonly usd: number | null;
  /** The unit. */
  readonly per: string;
  /** The price page of the service. */
  readonly source: string;
  /** The day the amount was recorded, as YYYY-MM-DD. */
  readonly date: string;
  /** Whether the amount was read from the source on that day. Otherwise it is still to be checked. */
  readonly checked: boolean;
}

/** The price file. */
export interface PriceList {
  readonly currency: "USD";
  /** The region of the amounts. */
  readonly region: string;
  readonly prices: Readonly<Record<string, Price>>;
}

/**
 * Reads a price file, by default the project's own.
 *
 * @throws Error when it cannot be read or a price is incomplete.
 */
export function readPrices(file = path.join(__dirname, "price-list.json")): PriceList {
  let list: Partial<PriceList>;
  try {
    list = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<PriceList>;
  } catch (error) {
    throw new Error(`The price file ${file} cannot be read: ${(error as Error).message}`);
  }
  for (const [name, price] of Object.entries(list.prices ?? {})) {
    const { usd, date } = price;
    const isAmount = usd === null || (typeof usd === "number" && usd >= 0);
    if (!isAmount || !/^\d{4}-\d\d-\d\d$/.test(date ?? "") || !price.source || !price.per) {
      throw new Error(
        `In the price file ${file}, the price ${name} needs usd (a number, or null for unknown), per, source and date (YYYY-MM-DD).`,
      );
    }
  }
  if (!list.prices) throw new Error(`The price file ${file} has no prices.`);
  return list as PriceList;
}

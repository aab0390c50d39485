import type { EvaluatedStack } from "../../lib/stack/resource";
import { free, isComponent } from "./free";
import type { Item } from "./item";
import { items as allItems } from "./items";
import type { Price, PriceList } from "./prices";
import type { Usage } from "./usage";

/** One line of the bill. */
export interface Line {
  readonly item: string;
  readonly formula: string;
  readonly units: number;
  readonly price: Price;
  /** Undefined when the price is not known. */
  readonly usd: number | undefined;
  readonly once: boolean;
}

/** A stack's month. */
export interface Month {
  readonly lines: readonly Line[];
  /** Of the lines whose price is known and that are billed by the month. */
  readonly sum: number;
  /** How much of the sum was read from its source. */
  readonly checked: number;
  /** Resource types that nobody has given a price or a reason to be free, with their number. */
  readonly notPriced: readonly { readonly type: string; readonly count: number }[];
}

/**
 * What a stack costs in a month. Items of which it has nothing are left out.
 *
 * @throws Error when an item names a price that the list does not have.
 */
export function monthOf(
  stack: EvaluatedStack,
  usage: Usage,
  { prices }: PriceList,
  items: readonly Item[] = allItems,
): Month {
  const types = new Set(stack.resources.map(({ type }) => type));
  const lines = items
    .map((item): Line => {
      const price = prices[item.price];
      if (!price) throw new Error(`The price file has no price ${item.price} for ${item.name}.`);
      const units = item.units({ stack, usage });
      const usd = price.usd === null ? undefined : units * price.usd;
      return {
        item: item.name,
        formula: item.formula,
        units,
        price,
        usd,
        once: item.once ?? false,
      };
    })
    .filter(({ units }) => units > 0);
  const sumOf = (some: readonly Line[]) =>
    some.filter(({ once }) => !once).reduce((sum, { usd = 0 }) => sum + usd, 0);
  return {
    lines,
    sum: sumOf(lines),
    checked: sumOf(lines.filter(({ price }) => price.checked)),
    notPriced: [...types]
      .filter((type) => !isPriced(type, items))
      .sort()
      .map((type) => ({
        type,
        count: stack.resources.filter((resource) => resource.type === type).length,
      })),
  };
}

/** Whether somebody has thought of the type: an item bills it, it is free with a reason, or it is a component. */
export function isPriced(type: string, items: readonly Item[] = allItems): boolean {
  return isComponent(type) || type in free || items.some(({ types }) => types.includes(type));
}

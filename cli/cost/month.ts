import type { EvaluatedStack } from "../../lib/stack/resource";
import { resourceTypes, typesWithout } from "../../resources";
import type { CostItem, Usage } from "../../resources/cost-item";
import { pricedStack } from "./priced-stack";
import type { Price, PriceList } from "./prices";

/** Everything that is billed, in the order of docs/costs.md. */
export const costItems: readonly CostItem[] = Object.values(resourceTypes).flatMap(({ cost }) =>
  typeof cost === "string" ? [] : (cost ?? []),
);

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
  /** Of the lines that have a known price and are billed monthly. */
  readonly sum: number;
  /** The part of the sum whose prices were read from their source. */
  readonly checked: number;
  /** Resource types without a price and without a reason to cost nothing, with their number of resources. */
  readonly notPriced: readonly { readonly type: string; readonly count: number }[];
}

/**
 * What a stack costs in a month. Items without units are left out.
 *
 * @throws Error when the price list does not have the price of an item.
 */
export function monthOf(stack: EvaluatedStack, usage: Usage, { prices }: PriceList): Month {
  const priced = pricedStack(stack, usage);
  const lines = costItems
    .map((item): Line => {
      const price = prices[item.price];
      if (!price) throw new Error(`The price file has no price ${item.price} for ${item.name}.`);
      const units = item.units(priced);
      const usd = price.usd === null ? undefined : units * price.usd;
      const { name, formula, once = false } = item;
      return { item: name, formula, units, price, usd, once };
    })
    .filter(({ units }) => units > 0);
  const sumOf = (some: readonly Line[]) =>
    some.filter(({ once }) => !once).reduce((sum, { usd = 0 }) => sum + usd, 0);
  return {
    lines,
    sum: sumOf(lines),
    checked: sumOf(lines.filter(({ price }) => price.checked)),
    notPriced: typesWithout("cost", stack.resources).map((type) => ({
      type,
      count: stack.resources.filter((resource) => resource.type === type).length,
    })),
  };
}

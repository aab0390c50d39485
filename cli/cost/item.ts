import { ofType, type EvaluatedStack, type Resource } from "../../lib/stack/resource";
import type { Usage } from "./usage";

/** Something that is billed. */
export interface Item {
  readonly name: string;
  /** Resource types that it is the bill of; in part, where several items name a type. */
  readonly types: readonly string[];
  /** Name of its price in the price file. */
  readonly price: string;
  /** How many units a month has, in words, as docs/costs.md shows it. */
  readonly formula: string;
  /** The same as a number. */
  readonly units: (site: PricedSite) => number;
  /** Billed once and not by the month. */
  readonly once?: true;
}

/** What the units are counted of. */
export interface PricedSite {
  readonly stack: EvaluatedStack;
  readonly usage: Usage;
}

export const count = ({ stack }: PricedSite, type: string): number => all(stack, type).length;

export const all = ({ resources }: EvaluatedStack, type: string): Resource[] =>
  ofType(resources, type);

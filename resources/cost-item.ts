import { ofType, type Resource } from "../lib/stack/resource";

/** Hours of a month: a year's, divided by twelve. */
export const hoursPerMonth = 730;

/** Days of a month, likewise. */
export const daysPerMonth = hoursPerMonth / 24;

/** The usage by devices that AWS bills. */
export interface Usage {
  readonly loginsPerDay: number;
  readonly filesPerDay: number;
  /** GB kept in the bucket, old versions included. */
  readonly storedGb: number;
  /** GB transferred in a month, in and out together. */
  readonly transferredGb: number;
  /** Share of logins that the function remembers and that cost no hash, 0 to 1. */
  readonly remembered: number;
}

/** How often a function is called in a month, and how long each call runs. */
export interface FunctionCalls {
  readonly memoryMb: number;
  readonly calls: number;
  readonly seconds: number;
}

/** The facts from which the items of a bill are counted. */
export interface PricedStack {
  readonly resources: readonly Resource[];
  readonly usage: Usage;
  /** The function that decides logins; undefined when the stack has none. */
  readonly loginFunction: Resource | undefined;
  readonly functionCalls: readonly FunctionCalls[];
  /** Number of functions that a schedule calls more than once a day, as a canary. */
  readonly scheduledFunctions: number;
}

/** One item of a bill. */
export interface CostItem {
  readonly name: string;
  /** Name of its price in the price file. */
  readonly price: string;
  /** Units of a month in words, for docs/costs.md. */
  readonly formula: string;
  /** The same as a number. */
  readonly units: (stack: PricedStack) => number;
  /** Billed once instead of monthly. */
  readonly once?: true;
}

export const countOf = ({ resources }: PricedStack, type: string): number =>
  ofType(resources, type).length;

/** Number of queues that feed a function. */
export const queueFeeds = (stack: PricedStack): number =>
  countOf(stack, "aws:lambda/eventSourceMapping:EventSourceMapping");

export const loginsPerMonth = ({ usage }: PricedStack): number => usage.loginsPerDay * daysPerMonth;

export const filesPerMonth = ({ usage }: PricedStack): number => usage.filesPerDay * daysPerMonth;

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** Runs per month of a schedule expression such as `rate(5 minutes)`; a cron expression counts as once a day, none as 0. */
export function runsPerMonth(expression: unknown): number {
  const text = String(expression ?? "");
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (unit !== undefined) return (daysPerMonth * 1440) / (Number(count) * minutesOf[unit]);
  return text.startsWith("cron(") ? daysPerMonth : 0;
}

/** Reasons that several types share. */
export const costsNothing = {
  setting: "a setting of another resource",
  network: "AWS does not charge for it",
  permission: "permissions cost nothing",
} as const;

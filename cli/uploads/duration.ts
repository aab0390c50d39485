import { InvalidArgumentError } from "commander";

const seconds: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `90m`, `12h` or `1d`. Throws commander's error for an invalid option. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count === undefined || Number(count) === 0) {
    throw new InvalidArgumentError("A duration such as 90m, 12h or 1d.");
  }
  return Number(count) * seconds[unit];
}

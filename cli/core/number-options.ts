import { InvalidArgumentError } from "commander";

/** A port of the command line. */
export function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(number >= 0 && number <= 65535)) throw new InvalidArgumentError("A port is 0 to 65535.");
  return number;
}

/** Seconds of the command line, up to a day. */
export function duration(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) === 0 || Number(text) > 86_400) {
    throw new InvalidArgumentError("Seconds, more than 0 and at most 86400.");
  }
  return Number(text);
}

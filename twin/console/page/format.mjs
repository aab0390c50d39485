/** Numbers and times in the page's language. */
import { language } from "./texts.mjs";

export const number = (value) => new Intl.NumberFormat(language()).format(value);

export const time = (at) =>
  new Date(at).toLocaleTimeString(language(), { hour12: false, timeStyle: "medium" });

/** With the date when it is not today. */
export function moment(at) {
  const date = new Date(at);
  if (date.toDateString() === new Date().toDateString()) return time(at);
  return date.toLocaleString(language(), { dateStyle: "short", timeStyle: "short" });
}

export function bytes(count) {
  if (count < 10_000) return `${number(count)} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let [value, unit] = [count / 1000, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${number(Number(value.toPrecision(3)))} ${units[unit]}`;
}

/** Makes control characters visible; some would reverse the direction of a line. */
export const printable = (text) =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

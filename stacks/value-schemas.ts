/**
 * Schemas of single configuration values. Pulumi passes a program texts, lists and objects as JSON; a schema reads
 * one text into a typed value. The message of a schema states what is allowed.
 */
import * as v from "valibot";

export const text = v.string();

/** A text that matches; the empty text is read as undefined. */
export const optionalText = (pattern: RegExp, allowed: string) =>
  v.pipe(
    v.string(),
    v.check((value) => value === "" || pattern.test(value), allowed),
    v.transform((value) => value || undefined),
  );

export const choice = <const T extends readonly string[]>(options: T) =>
  v.picklist(options, options.join(" or "));

export const flag = v.pipe(
  choice(["true", "false"]),
  v.transform((value) => value === "true"),
);

const integer = (allowed: string) =>
  v.pipe(v.string(), v.regex(/^-?\d+$/, allowed), v.transform(Number));

export function wholeNumber(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return v.pipe(integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
}

/** A whole number of which 0 is read as undefined. */
export const optionalNumber = (most: number) =>
  v.pipe(
    wholeNumber(0, most),
    v.transform((value) => value || undefined),
  );

export function oneOf(numbers: readonly number[]) {
  const allowed = numbers.join(", ");
  return v.pipe(
    integer(allowed),
    v.check((value) => numbers.includes(value), allowed),
  );
}

/** JSON text; the empty text is read as `empty`. */
export const json = (empty: "[]" | "{}", allowed: string) =>
  v.pipe(
    v.string(),
    v.transform((value) => value || empty),
    v.parseJson(undefined, allowed),
  );

/** A list of texts that satisfy a condition, each only once. */
export const textList = (isAllowed: (item: string) => boolean, allowed: string) =>
  v.pipe(
    json("[]", "a list"),
    v.array(v.pipe(v.string(allowed), v.check(isAllowed, allowed)), "a list"),
    v.checkItems((item, index, items) => items.indexOf(item) === index, "each only once"),
  );

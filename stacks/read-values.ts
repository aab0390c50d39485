import * as v from "valibot";

import type { Mistakes } from "./mistakes";
import { nearest } from "./nearest";
import { keys, siteSchema, type SiteValues } from "./site-schema";

/**
 * Reads the values of all keys. Each value that is not allowed is noted as a mistake and left out of the result, so
 * that rules about several values apply to the valid ones.
 *
 * @param values - The project's own keys, without their namespace, as texts (lists and objects as JSON).
 */
export function readValues(
  values: Readonly<Record<string, string>>,
  mistakes: Mistakes,
): Partial<SiteValues> {
  const texts = Object.fromEntries(keys.map((key) => [key, values[key] ?? ""]));
  const { issues = [], output } = v.safeParse(siteSchema, texts);
  const valid: Partial<SiteValues> = { ...(output as Partial<SiteValues>) };
  for (const issue of issues as Issue[]) {
    const key = issue.path[0].key;
    mistakes.add(`canal-ftp:${key}`, given(issue, texts), issue.message);
    delete valid[key];
  }
  return valid;
}

interface Issue extends v.BaseIssue<unknown> {
  readonly path: [
    v.IssuePathItem & { readonly key: keyof SiteValues },
    ...(v.IssuePathItem & { readonly input: unknown; readonly value: unknown })[],
  ];
}

/** What a message shows as given: the text, the item of a list, the whole of an object. Never a password. */
function given({ path: [{ key }, inner] }: Issue, texts: Record<string, string>): unknown {
  if (inner === undefined) return key === "users" ? undefined : texts[key];
  if (key !== "users") return inner.type === "array" ? inner.value : inner.input;
  const name = (inner.value as { name?: unknown } | null)?.name;
  return typeof name === "string" ? { name } : undefined;
}

/** Notes every key that the program does not know: a typing error would otherwise be a silent default. */
export function refuseUnknownKeys(given: readonly string[], mistakes: Mistakes): void {
  for (const key of given.filter((candidate) => !(keys as readonly string[]).includes(candidate))) {
    mistakes.add(`canal-ftp:${key}`, undefined, `no such key; ${hintFor(key)}`);
  }
}

function hintFor(key: string): string {
  if (/port/i.test(key)) return "AWS fixes the ports at 21 and 8192-8200";
  const meant = nearest(key, keys);
  return meant ? `did you mean canal-ftp:${meant}?` : `keys are ${keys.join(", ")}`;
}

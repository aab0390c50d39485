import * as fs from "node:fs";
import * as path from "node:path";

import { parseDocument } from "yaml";

import type { SettingChange } from "./setting-changes";
import { Timeline } from "./timeline";
import { Workplace } from "./workplace";

/** A change of one setting: what its preview announced, and what the update after it did. */
export interface Comparison {
  readonly key: string;
  readonly value: string;
  readonly preview: readonly string[];
  readonly up: readonly string[];
  /** Lines that only one of the two has, marked with its name. */
  readonly differences: readonly string[];
}

/** Makes the changes one after the other, each with a preview and an update. */
export async function comparePreviews(
  place: Workplace,
  changes: readonly SettingChange[],
  report: (comparison: Comparison) => void = () => undefined,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const { key, set, prepare } of changes) {
    const values = { ...set, ...prepare?.(place) };
    configure(place, values);
    const [preview, up] = [new Timeline(), new Timeline()];
    await place.stack.preview({ onEvent: preview.listen });
    await place.stack.up({ onEvent: up.listen });
    const comparison = compare(key, values[key], preview.changes(), up.changes());
    comparisons.push(comparison);
    report(comparison);
  }
  return comparisons;
}

function compare(key: string, value: string, preview: string[], up: string[]): Comparison {
  const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one));
  const differences = [
    ...without(preview, up).map((change) => `only in the preview: ${change}`),
    ...without(up, preview).map((change) => `only in the update: ${change}`),
  ];
  return { key, value, preview, up, differences };
}

/** Writes values into the stack's file; lists and objects as such, as `pulumi config set --path` does. */
function configure({ folder, stack }: Workplace, values: Readonly<Record<string, string>>): void {
  const file = path.join(folder, `Pulumi.${stack.name}.yaml`);
  const document = parseDocument(fs.readFileSync(file, "utf8"));
  for (const [key, value] of Object.entries(values)) {
    const plain: unknown = /^[[{]/.test(value) ? JSON.parse(value) : value;
    document.setIn(["config", `canal-ftp:${key}`], plain);
  }
  fs.writeFileSync(file, document.toString());
}

/** The comparisons as lines: the setting, the number of changes of preview and update, and what differs. */
export function describeComparison({ key, value, preview, up, differences }: Comparison): string {
  const shown = value.length > 24 ? `${value.slice(0, 23)}…` : value;
  const columns = [`${key}: ${shown}`.padEnd(50), preview.length, up.length, differences.length];
  return [columns.map((column) => String(column).padStart(4)).join(" "), ...differences].join(
    "\n  ",
  );
}

/** Heading of those lines. */
export const comparisonHeading = `${"setting".padEnd(50)} preview, update, differences`;

/** A deployed dev stack with everything that settings change. */
export async function openForChanges(config: Readonly<Record<string, string>>): Promise<Workplace> {
  const place = await Workplace.open("dev");
  configure(place, config);
  await fetch(`${place.soracom.endpoint}/__sims`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ simId: "8981100000000000000" }, { simId: "8981100000000000018" }]),
  });
  await place.stack.up();
  return place;
}

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
    const comparison = { key, value: values[key], ...(await previewAndUpdate(place)) };
    comparisons.push(comparison);
    report(comparison);
  }
  return comparisons;
}

/** What a preview announces, what the update after it does, and lines that only one of the two has. */
export async function previewAndUpdate({
  stack,
}: Workplace): Promise<Pick<Comparison, "preview" | "up" | "differences">> {
  const timelines = [new Timeline(), new Timeline()];
  await stack.preview({ onEvent: timelines[0].listen });
  await stack.up({ onEvent: timelines[1].listen });
  const [preview, up] = timelines.map((timeline) => timeline.changes());
  const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one));
  const differences = [
    ...without(preview, up).map((change) => `only in the preview: ${change}`),
    ...without(up, preview).map((change) => `only in the update: ${change}`),
  ];
  return { preview, up, differences };
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

/** A row of the table in docs/testing.md, and what differs. */
export function describeComparison({ key, value, preview, up, differences }: Comparison): string {
  const cells = [key, `\`${shorten(value)}\``, preview.length, up.length, differences.length];
  return [`| ${cells.join(" | ")} |`, ...differences].join("\n  ");
}

/** The beginning of a value: names of files differ from run to run. */
export function shorten(value: string): string {
  return value.length > 24 ? `${value.slice(0, 20)}…` : value;
}

/** Heading of those rows. */
export const comparisonHeading =
  "| setting | new value | changes in the preview | in the update | differences |\n| --- | --- | --- | --- | --- |";

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

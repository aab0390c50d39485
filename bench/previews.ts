import { spawnSync } from "node:child_process";

import {
  comparePreviews,
  comparisonHeading,
  describeComparison,
  openForChanges,
} from "../test/engine/compare-previews";
import { settingChanges, startingConfig } from "../test/engine/setting-changes";
import type { Figure } from "./measure";

/**
 * Changes every setting of dev with Pulumi's engine and the twin's providers, and counts the differences between the
 * preview of each change and the update after it. Prints a line for each.
 */
export async function previewFigures(): Promise<Figure[]> {
  if (spawnSync("pulumi", ["version"]).status !== 0) {
    process.stderr.write("No `pulumi` is on PATH: previews are not compared.\n");
    return [];
  }
  const print = (line: string) => process.stderr.write(`${line}\n`);
  print(comparisonHeading);
  const place = await openForChanges(startingConfig);
  try {
    const compared = await comparePreviews(place, settingChanges, (one) =>
      print(describeComparison(one)),
    );
    const count = (what: string, value: number, goal?: Figure["goal"]): Figure => ({
      what: `previews: ${what}`,
      unit: "",
      values: [value],
      ...(goal && { goal }),
    });
    return [
      count("changes of settings", compared.length),
      count(
        "changed resources",
        compared.reduce((sum, { up }) => sum + up.length, 0),
      ),
      count(
        "differences to the update",
        compared.reduce((sum, { differences }) => sum + differences.length, 0),
        { atMost: 0 },
      ),
    ];
  } finally {
    await place.close();
  }
}

import assert from "node:assert/strict";

import { planRestore, type Version } from "../../../cli/restore/plan";

const at = Date.parse("2026-11-26T12:00:00Z");

/** Versions of one key, the newest first: seconds after the time, and what it is. */
function history(...entries: [seconds: number, what: string][]): Version[] {
  return entries.map(([seconds, what], index) => ({
    ...{ key: "a", id: `v${entries.length - index}`, modified: at + seconds * 1000 },
    ...{ isLatest: index === 0, isMarker: what === "marker", etag: what, size: what.length },
  }));
}
const plan = (...entries: [number, string][]) => {
  const { steps, unchanged, newer } = planRestore(history(...entries), at);
  return [
    steps.map(({ versionId, because }) => `${versionId} ${because}`).join(),
    unchanged,
    newer,
  ];
};

describe("cli/restore: what a restore does", () => {
  const cases: [string, [number, string][], unknown[]][] = [
    [
      "an overwritten file",
      [
        [5, "two"],
        [-5, "one"],
      ],
      ["v1 overwritten", 0, 0],
    ],
    [
      "a deleted file",
      [
        [5, "marker"],
        [-5, "one"],
      ],
      ["v1 deleted", 0, 0],
    ],
    [
      "the version of that moment, of several",
      [
        [5, "c"],
        [0, "b"],
        [-9, "a"],
      ],
      ["v2 overwritten", 0, 0],
    ],
    ["a file that did not change", [[-5, "one"]], ["", 1, 0]],
    [
      "a file with the same contents again",
      [
        [5, "one"],
        [-5, "one"],
      ],
      ["", 1, 0],
    ],
    ["a newer file", [[5, "one"]], ["", 0, 1]],
    [
      "a file that was deleted then",
      [
        [5, "two"],
        [-1, "marker"],
        [-5, "one"],
      ],
      ["", 0, 1],
    ],
    [
      "a newer file that is deleted",
      [
        [6, "marker"],
        [5, "one"],
      ],
      ["", 0, 0],
    ],
    [
      "version and marker of one second: the version",
      [
        [5, "marker"],
        [-1, "marker"],
        [-1, "one"],
      ],
      ["v1 deleted", 0, 0],
    ],
    [
      "a file deleted in the second of its upload",
      [
        [-1, "marker"],
        [-1, "one"],
      ],
      ["", 0, 0],
    ],
  ];
  for (const [what, entries, expected] of cases) {
    it(what, () => assert.deepEqual(plan(...entries), expected));
  }
});

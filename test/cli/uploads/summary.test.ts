import assert from "node:assert/strict";

import { Summary } from "../../../cli/uploads/summary";
import type { Row } from "../../../lambdas/upload-events/upload-row";

const completed = { device: "a", outcome: "completed", problem: null, bytes: 10 };

function summarize(...rows: readonly object[]) {
  const summary = new Summary();
  for (const row of rows) summary.add({ ...completed, ...row } as unknown as Row);
  return summary.list();
}

describe("Summary", () => {
  it("adds files and bytes, and keeps the file that ended last, for any order of rows", () => {
    const rows = [
      { key: "second", ended: "2026-11-26T11:00:00.000Z" },
      { key: "third", ended: "2026-11-26T12:00:00.000Z" },
      { key: "first", ended: "2026-11-25T23:00:00.000Z" },
    ];
    const expected = {
      ...{ device: "a", files: 3, bytes: 30, failed: 0 },
      ...{ lastFile: "third", lastUpload: "2026-11-26T12:00:00.000Z" },
    };
    assert.deepEqual(summarize(...rows), [expected]);
    assert.deepEqual(summarize(...rows.reverse()), [expected]);
  });

  it("counts interrupted uploads and files with a problem as failed, with neither bytes nor time", () => {
    const ended = "2026-11-26T12:00:00.000Z";
    assert.deepEqual(
      summarize({ outcome: "partial", ended }, { problem: "empty", ended }, { outcome: "failed" }),
      [{ device: "a", files: 0, bytes: 0, failed: 3 }],
    );
  });

  it("lists devices by name", () => {
    const devices = ["b", "a", "B"].map((device) => ({ device, key: "k", ended: "t" }));
    assert.deepEqual(
      summarize(...devices).map(({ device }) => device),
      ["B", "a", "b"],
    );
  });
});

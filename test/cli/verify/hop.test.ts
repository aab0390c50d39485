import assert from "node:assert/strict";

import type { State } from "../../../cli/core/findings";
import { notChecked, stateOf } from "../../../cli/verify/hop";

describe("stateOf", () => {
  const cases: [states: State[], state: string][] = [
    [[], "ok"],
    [["ok", "note"], "ok"],
    [["note", "note"], "note"],
    [["ok", "unknown"], "unknown"],
    [["unknown", "drift"], "broken"],
    [["failed", "ok"], "broken"],
  ];
  for (const [states, state] of cases) {
    it(`is ${state} for ${states.join(", ") || "nothing"}`, () => {
      assert.equal(stateOf(states.map((each) => ({ check: "", state: each, found: "" }))), state);
    });
  }
});

describe("notChecked", () => {
  it("is unknown, with the reason as remedy", () => {
    const { state, remedy } = notChecked("server", new Error("AWS cannot be reached."));
    assert.deepEqual([state, remedy], ["unknown", "AWS cannot be reached."]);
  });
});

import assert from "node:assert/strict";

import { Progress } from "../../lib/progress";

describe("Progress", () => {
  let now: number;
  let printed: string[];
  const progress = (errorIsTerminal: boolean) => {
    now = 0;
    printed = [];
    const error = (text: string) => void printed.push(text);
    return new Progress("attached", { error, errorIsTerminal }, () => now);
  };
  const state = (done: number, failed = 0, total = 1000) => ({ total, done, failed });

  it("prints a line for every tenth and every 30 seconds to a log", () => {
    const log = progress(false);
    now = 1000;
    log.report(state(10));
    log.report(state(20));
    assert.deepEqual(printed, ["attached: 10 of 1000, 10.0 per second, about 2 min left\n"]);
    log.report(state(98, 2));
    assert.equal(printed[1], "attached: 98 of 1000, 2 failed, 100.0 per second, about 9 s left\n");
    now = 30_999;
    log.report(state(100, 2));
    assert.equal(printed.length, 2);
    now = 31_000;
    log.report(state(101, 2));
    assert.equal(printed.length, 3);
  });

  it("overwrites the line on a terminal, at most every quarter of a second", () => {
    const terminal = progress(true);
    now = 1000;
    terminal.report(state(10));
    terminal.report(state(500));
    now = 1250;
    terminal.report(state(501));
    assert.equal(printed.length, 2);
    for (const text of printed) assert.match(text, /^\r\u001b\[K.* left$/);
  });

  it("prints the final state once, with the end of the line", () => {
    for (const isTerminal of [true, false]) {
      const one = progress(isTerminal);
      now = 1000;
      one.report(state(2, 0, 2));
      one.finish(state(2, 0, 2));
      assert.deepEqual(printed, [
        `${isTerminal ? "\r\u001b[K" : ""}attached: 2 of 2, 2.0 per second\n`,
      ]);
    }
  });

  it("prints nothing when there is nothing to do", () => {
    progress(false).finish(state(0, 0, 0));
    assert.deepEqual(printed, []);
  });
});

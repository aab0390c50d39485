import assert from "node:assert/strict";

import { compare, type Finding, printFindings, type State } from "../../../cli/core/findings";
import { cliContext } from "../../support/cli-context";

describe("compare", () => {
  it("returns ok for equal values, structures included", () => {
    assert.deepEqual(compare("type", 15, 15, "Fix it."), {
      check: "type",
      state: "ok",
      found: "15",
    });
    assert.equal(compare("resolvers", ["a"], ["a"], "Fix it.").state, "ok");
  });

  it("returns both values and the remedy otherwise", () => {
    assert.deepEqual(compare("type", undefined, 15, "Fix it.", "failed"), {
      check: "type",
      state: "failed",
      found: "not reported",
      expected: "15",
      remedy: "Fix it.",
    });
    assert.equal(compare("type", "a", "b", "Fix it.").state, "drift");
  });
});

describe("printFindings", () => {
  const print = (findings: readonly Finding[], json = false) => {
    let stdout = "";
    const context = cliContext({ out: (text) => (stdout += text) });
    return { code: printFindings("dev", findings, json, context), stdout };
  };
  const finding = (state: State, more: Partial<Finding> = {}): Finding => ({
    check: "VPG",
    state,
    found: "running",
    ...more,
  });

  const codes: [states: State[], code: number][] = [
    [[], 0],
    [["ok", "note"], 0],
    [["ok", "unknown"], 3],
    [["unknown", "drift"], 1],
    [["failed", "ok"], 1],
  ];
  for (const [states, code] of codes) {
    it(`ends with ${code} for ${states.join(", ") || "nothing"}`, () => {
      const findings = states.map((state) => finding(state));
      assert.equal(print(findings).code, code);
      const { ok, findings: printed } = JSON.parse(print(findings, true).stdout) as {
        ok: boolean;
        findings: Finding[];
      };
      assert.deepEqual([ok, printed], [code === 0, findings]);
    });
  }

  it("prints each remedy once, below the table", () => {
    const bad = finding("drift", { expected: "stopped", remedy: "Fix it." });
    assert.equal(
      print([finding("ok"), bad, bad]).stdout,
      [
        "       what  found",
        "ok     VPG   running",
        "DRIFT  VPG   running; expected stopped",
        "DRIFT  VPG   running; expected stopped",
        "",
        "- Fix it.",
        "",
      ].join("\n"),
    );
  });

  it("limits the table to 60 lines", () => {
    const { stdout } = print(Array.from({ length: 61 }, () => finding("ok")));
    assert.match(stdout, /\nand 1 more; --json prints all\n$/);
    assert.doesNotMatch(print([finding("ok")]).stdout, /more/);
  });
});

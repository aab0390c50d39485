import assert from "node:assert/strict";

import type { Running } from "../../../twin/running";
import type { HopResult } from "../../../cli/verify/hop";
import { printHops } from "../../../cli/verify/report";

describe("printHops", () => {
  const print = (results: readonly HopResult[], json = false, running?: Running) => {
    let stdout = "";
    const out = (text: string) => void (stdout += text);
    return { code: printHops({ stack: "dev", running }, results, json, { out }), stdout };
  };
  const ok: HopResult = {
    hop: "VPG",
    findings: ["VPG", "type", "region"].map((check) => ({ check, state: "ok", found: "1" })),
  };
  const broken: HopResult = {
    hop: "server",
    findings: [
      { check: "protocols", state: "ok", found: "FTP" },
      { check: "s-1", state: "drift", found: "OFFLINE", expected: "ONLINE", remedy: "Start it." },
    ],
  };
  const unknown: HopResult = {
    hop: "bucket",
    findings: [{ check: "bucket", state: "unknown", found: "?", remedy: "AccessDenied" }],
  };

  it("prints one line per hop, and details of problems", () => {
    assert.equal(
      print([ok, broken]).stdout,
      [
        "   hop             found",
        "1  VPG     ok      VPG: 1; type: 1; 1 more",
        "2  server  BROKEN  s-1: OFFLINE",
        "",
        "- s-1: OFFLINE; expected ONLINE",
        "  Start it.",
        "",
        "First broken hop: server (s-1).",
        "Start it.",
        "",
      ].join("\n"),
    );
    assert.match(print([broken], false, {} as Running).stdout, /then restart the twin\.\n$/);
  });

  it("ends with 0, 1 for a broken hop, 3 for an unknown one", () => {
    assert.deepEqual(
      [[ok], [ok, unknown], [unknown, broken]].map((results) => print(results).code),
      [0, 3, 1],
    );
  });

  it("prints JSON with the first broken hop", () => {
    const document = JSON.parse(print([ok, unknown, broken, broken], true).stdout) as object;
    assert.deepEqual(
      { ...document, hops: undefined },
      {
        stack: "dev",
        twin: false,
        ok: false,
        first: { hop: "server", check: "s-1", remedy: "Start it." },
        hops: undefined,
      },
    );
  });
});

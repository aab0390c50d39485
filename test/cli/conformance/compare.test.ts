import assert from "node:assert/strict";

import { differenceLines, differences } from "../../../cli/conformance/compare";

const line = (sent: string, ...got: string[]) => ({ sent, got });

describe("differences", () => {
  it("has the steps whose replies differ, all replies of a step together", () => {
    const twin = [line("NOOP", "200 ok"), line("LIST", "150 a", "226 b"), line("QUIT", "221 x")];
    const server = [line("NOOP", "200 ok"), line("LIST", "150 a", "226 c"), line("QUIT", "221 x")];
    assert.deepEqual(differences(twin, server), [
      { sent: "LIST", twin: "150 a\n226 b", server: "150 a\n226 c" },
    ]);
    assert.deepEqual(differences(twin, twin), []);
  });

  it("reports steps that the server no longer answered", () => {
    assert.deepEqual(differences([line("NOOP", "200 ok")], []), [
      { sent: "NOOP", twin: "200 ok", server: "(no reply)" },
    ]);
  });
});

describe("differenceLines", () => {
  it("prints the twin's evidence for a reply it knows, and line breaks escaped", () => {
    const [sent, twin, server] = differenceLines({
      ...{ sent: "NOOP", twin: "200 Command NOOP okay.", server: "200 a\r\n200 b" },
    });
    assert.equal(sent, "  > NOOP");
    assert.match(twin, /^ {4}twin: {3}200 Command NOOP okay\. \((real|documented|modelled)\)$/);
    assert.equal(server, "    server: 200 a\\r\\n200 b");
  });

  it("names no evidence for what is no reply of the twin, and cuts long data", () => {
    const [, twin, server] = differenceLines({ sent: "x", twin: "-", server: "y".repeat(500) });
    assert.equal(twin, "    twin:   -");
    assert.equal(server.length, "    server: ".length + 400);
  });
});

import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import { impliedAddresses, sourceAddresses } from "../../../twin/wiring/source-addresses";

describe("source addresses", () => {
  it("are taken in turn by sessions", () => {
    const sourceOf = sourceAddresses("100.64.0.10", 2);
    assert.deepEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1"].map(sourceOf), [
      "100.64.0.10",
      "100.64.0.11",
      "100.64.0.10",
    ]);
  });

  it("belong to a client each", () => {
    const sourceOf = sourceAddresses("10.0.0.10", "each");
    assert.deepEqual(["127.0.0.2", "127.0.0.1", "127.0.0.2"].map(sourceOf), [
      "10.0.0.10",
      "10.0.0.11",
      "10.0.0.10",
    ]);
  });

  it("are one behind a Type-F VPG, and each client's own otherwise", () => {
    const withVpg = (type: number) => {
      const outputs = { stdout: JSON.stringify({ vpgId: "x", type }) };
      const resources = [{ type: "command:local:Command", outputs }];
      return { resources } as unknown as EvaluatedStack;
    };
    assert.equal(impliedAddresses(withVpg(15)), 1);
    assert.equal(impliedAddresses(withVpg(242)), "each");
    assert.equal(impliedAddresses({ resources: [] } as unknown as EvaluatedStack), "each");
  });
});

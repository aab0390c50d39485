import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { settle } from "../../../lib/stack/settle";

describe("lib/stack/settle", () => {
  it("awaits promises at any depth", async () => {
    const value = Promise.resolve({ a: [Promise.resolve(1), { b: Promise.resolve(null) }] });
    assert.deepEqual(await settle(value), { a: [1, { b: null }] });
  });

  it("makes plain data of classes, without their functions", async () => {
    class Code {
      readonly text = Promise.resolve("x");
      readonly read = () => this.text;
    }
    const settled = await settle(new Code());
    assert.deepEqual(settled, { text: "x" });
    assert.equal(Object.getPrototypeOf(settled), Object.prototype);
  });

  it("keeps the text of an archive's asset", async () => {
    const archive = new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset(Promise.resolve("code")),
    });
    assert.match(JSON.stringify(await settle(archive)), /"text":"code"/);
  });
});

import assert from "node:assert/strict";

import { capacitySvg } from "../../../cli/capacity/plot";

describe("capacitySvg", () => {
  const fleet = { devices: 30, every: 600, seconds: 20, spread: 0, addresses: 1 };
  const svg = capacitySvg(fleet, "30 <devices> & more");

  it("draws a line and points for each number of addresses, with its label", () => {
    assert.equal(svg.match(/<path class="line"/g)?.length, 4);
    assert.equal(svg.match(/<circle/g)?.length, 4 * 11);
    for (const label of ["1 address", "2 addresses", "4 addresses", "8 addresses"]) {
      assert.ok(svg.includes(`>${label}<`), label);
    }
  });

  it("begins a line at the share that is refused without a spread", () => {
    // The plot is 308 high from y = 364 up: 21 of 30 are refused at one address, none at eight.
    const starts = [...svg.matchAll(/class="line" stroke="[^"]+" d="M(\S+ [^L]+)L/g)];
    assert.deepEqual([starts[0][1], starts[3][1]], ["64 148.4", "64 364"]);
  });

  it("escapes the title", () => {
    assert.ok(svg.includes('<title id="title">30 &lt;devices&gt; &amp; more</title>'));
    assert.ok(!svg.includes("<devices>"));
  });
});

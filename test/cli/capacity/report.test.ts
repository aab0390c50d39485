import assert from "node:assert/strict";

import type { Fleet } from "../../../cli/capacity/fleet";
import type { Needs } from "../../../cli/capacity/needs";
import { capacityDocument, capacityLines, duration } from "../../../cli/capacity/report";

const fleet: Fleet = { devices: 30, every: 3600, seconds: 20, spread: 0, addresses: 1 };
const simulated = { refused: 0.7, maxServed: 9, maxWanted: 30 };
const none: Needs = { spread: undefined, now: undefined, spreadOut: undefined };
const more = { spread: 0, addresses: 4, units: 4, serversUsd: 876.4 };
const lines = (given: Fleet, needs: Needs) =>
  capacityLines({ fleet: given, simulated, needs }).join("\n");

describe("capacityDocument", () => {
  it("has the calculated share next to the simulated one", () => {
    const { refused, atOnce, ports } = capacityDocument({ fleet, simulated, needs: none });
    assert.deepEqual(refused, { calculated: 0.7, simulated: 0.7 });
    assert.deepEqual([atOnce, ports], [{ wanted: 30, served: 9 }, 9]);
  });
});

describe("capacityLines", () => {
  it("prints the fleet, its ports and what is refused", () => {
    const text = lines(fleet, none);
    assert.match(text, /30 devices every 60 min, 20 s each, all at the same time/);
    assert.match(text, /9 \(9 for each of 1 source addresses\)/);
    assert.match(text, /refused with 425 at the first attempt +70\.0 %/);
    assert.match(lines({ ...fleet, spread: 90 }, none), /20 s each, within 90 s/);
  });

  it("prints remedies that are enough, and which are not", () => {
    const text = lines(fleet, { ...none, spread: 180, now: more });
    assert.match(text, /spread alone +over 3 min/);
    assert.match(text, /addresses: 4 VPGs, or 4 servers \(servers: USD 876 a month\)/);
    assert.match(text, /and more ports +more source addresses than are considered/);
    assert.match(lines(fleet, none), /spread alone +none is enough/);
    const unpriced = { ...more, serversUsd: undefined };
    assert.doesNotMatch(lines(fleet, { ...none, now: unpriced }), /USD/);
  });

  it("separates transfers that retries get through from those that have no time", () => {
    assert.match(lines(fleet, none), /retry after a random wait succeed/);
    const slow = { ...fleet, seconds: 1200 };
    assert.match(lines(slow, none), /neither a spread nor retries are enough/);
  });
});

describe("duration", () => {
  it("uses the largest unit of which there are two", () => {
    const texts = [0.25, 119, 120, 7199, 7200, 5430].map(duration);
    assert.deepEqual(texts, ["0.3 s", "119 s", "2 min", "120 min", "2 h", "90.5 min"]);
  });
});

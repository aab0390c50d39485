import assert from "node:assert/strict";

import { alarmsOf } from "../../../components/operations/alarms";
import { type AlarmLimits, usualLimits } from "../../../components/operations/limits";
import { everyLimit } from "./support";

const suffixes = (limits: Required<AlarmLimits>, canaryMinutes?: number, hasUploadEvents = true) =>
  alarmsOf({ limits, canaryMinutes, hasUploadEvents }).map(({ suffix }) => suffix);

describe("the alarms' definitions", () => {
  it("have names of their own, and a sentence each", () => {
    const all = alarmsOf({ limits: everyLimit, canaryMinutes: 5, hasUploadEvents: true });
    assert.equal(new Set(all.map(({ suffix }) => suffix)).size, all.length);
    for (const { description } of all) assert.match(description, /^[A-Z].*\.$/);
  });

  const switches: [keyof AlarmLimits, string][] = [
    ["failedLogins", "failed-logins"],
    ["lockouts", "locked-users"],
    ["loginSeconds", "slow-logins"],
    ["serverErrors", "server-errors"],
    ["partialUploads", "partial-uploads"],
    ["quietHours", "no-uploads"],
    ["gigabytesPerDay", "bytes-in"],
  ];
  for (const [limit, suffix] of switches) {
    it(`${suffix} is there by ${limit}, and 0 is none`, () => {
      const every = suffixes(everyLimit, 5);
      const without = suffixes({ ...everyLimit, [limit]: 0 }, 5);
      assert.deepEqual(
        every.filter((each) => !without.includes(each)),
        [suffix],
      );
    });
  }

  it("by default include no silence, which only a site can judge; failures of logins always", () => {
    assert.ok(!suffixes(usualLimits, 5).includes("no-uploads"));
    const none = Object.fromEntries(Object.keys(usualLimits).map((key) => [key, 0]));
    assert.deepEqual(suffixes(none as Required<AlarmLimits>, undefined, false), [
      "errors",
      "throttles",
      "store-errors",
    ]);
  });

  it("stay within what CloudWatch looks back: a day of minutes, seven days of hours", () => {
    for (const canaryMinutes of [1, 60]) {
      const longest = { ...everyLimit, quietHours: 168 };
      const all = alarmsOf({ limits: longest, canaryMinutes, hasUploadEvents: true });
      for (const { suffix, periodSeconds, periods = 1 } of all) {
        assert.equal(periodSeconds % 60, 0, suffix);
        const most = periodSeconds >= 3600 ? 7 * 86_400 : 86_400;
        assert.ok(periodSeconds * periods <= most, suffix);
      }
    }
  });

  it("treat a canary without data as failed, and take the period from its schedule", () => {
    const [canary] = alarmsOf({ limits: everyLimit, canaryMinutes: 7, hasUploadEvents: true });
    const { suffix, periodSeconds, periods, missing } = canary;
    assert.deepEqual([suffix, periodSeconds, periods, missing], ["canary", 420, 2, "breaching"]);
  });
});

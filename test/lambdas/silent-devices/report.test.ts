import assert from "node:assert/strict";

import { describeSilence } from "../../../lambdas/silent-devices/report";

const now = Date.parse("2026-11-28T00:00:00Z") / 1000;
const given = { stack: "canal-ftp/prod", limit: 86_400, now, days: 30 };
const device = (name: string, lastUpload?: string) => ({
  ...{ device: name, files: 1, bytes: 10, failed: 2 },
  ...(lastUpload !== undefined && { lastUpload, lastFile: `users/${name}/x` }),
});

describe("silent-devices: the report", () => {
  it("lists silent devices, the longest silence first, and counts the others", () => {
    const { subject, text } = describeSilence(
      [
        device("talks", "2026-11-27T00:00:01.000Z"),
        device("a-day", "2026-11-27T00:00:00.000Z"),
        device("never"),
        device("a-week", "2026-11-21T00:00:00.000Z"),
      ],
      given,
    );
    assert.equal(subject, "canal-ftp/prod: 3 of 4 devices silent");
    assert.deepEqual(text.split("\n").slice(2, 5), [
      "never  last file: no file  silent: more than 30 d  failed uploads: 2",
      "a-week  last file: 2026-11-21T00:00Z  silent: 7 d  failed uploads: 2",
      "a-day  last file: 2026-11-27T00:00Z  silent: 24 h  failed uploads: 2",
    ]);
    assert.doesNotMatch(text, /talks/);
  });

  it("is sent without silent devices, too, so that its absence is noticed", () => {
    const { subject, text } = describeSilence([device("a", "2026-11-27T23:00:00.000Z")], given);
    assert.equal(subject, "canal-ftp/prod: 0 of 1 devices silent");
    assert.match(text, /^0 of 1 devices silent: no file for 24 h or longer/);
  });

  it("fits what SNS takes: 100 characters of subject, 256 KiB of text", () => {
    const many = Array.from({ length: 5000 }, (_, index) => device(`d${index}`.padEnd(100, "x")));
    const { subject, text } = describeSilence(many, { ...given, stack: "s".repeat(100) });
    assert.equal(subject.length, 100);
    assert.ok(Buffer.byteLength(text) < 256 * 1024, String(Buffer.byteLength(text)));
    assert.match(text, /\nand 4000 more\n/);
  });
});

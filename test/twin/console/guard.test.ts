/** Access to the console. */
import assert from "node:assert/strict";

import { requestRefusal } from "../../../twin/console/guard";
import { preferredLanguage } from "../../../twin/console/language";

describe("twin/console/guard", () => {
  const own = { host: "127.0.0.1:2180" };
  const cases: readonly [string, Record<string, string>, boolean][] = [
    ["the page itself", { ...own, origin: "http://127.0.0.1:2180" }, true],
    ["a person who types the address", { ...own, "sec-fetch-site": "none" }, true],
    ["curl", own, true],
    ["localhost", { host: "localhost:2180", origin: "http://localhost:2180" }, true],
    ["a page of another site", { ...own, origin: "https://example.com" }, false],
    ["a page of another port", { ...own, origin: "http://127.0.0.1:8080" }, false],
    ["a page without an origin (a file, a sandbox)", { ...own, origin: "null" }, false],
    ["an image of another site", { ...own, "sec-fetch-site": "cross-site" }, false],
    ["another port of this machine", { ...own, "sec-fetch-site": "same-site" }, false],
    ["a name that leads here (DNS rebinding)", { host: "evil.example:2180" }, false],
    [
      "the same, with an origin that fits it",
      { host: "evil.example:2180", origin: "http://evil.example:2180" },
      false,
    ],
    ["another port's name", { host: "127.0.0.1:80" }, false],
    ["no name at all", {}, false],
  ];
  for (const [who, headers, isAllowed] of cases) {
    it(`${isAllowed ? "allows" : "refuses"} ${who}`, () => {
      assert.equal(requestRefusal(headers, 2180) === undefined, isAllowed);
    });
  }

  it("selects the supported language that the browser prefers", () => {
    assert.equal(preferredLanguage("ja-JP,ja;q=0.9,en;q=0.8"), "ja");
    assert.equal(preferredLanguage("de,en-GB;q=0.7,ja;q=0.3"), "en");
    assert.equal(preferredLanguage("fr, ja;q=0.2"), "ja");
    assert.equal(preferredLanguage("ja;q=0"), "en");
    assert.equal(preferredLanguage(undefined), "en");
  });
});

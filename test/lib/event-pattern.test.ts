import assert from "node:assert/strict";

import { parsePattern } from "../../lib/event-pattern";

const matches = (pattern: object, event: Record<string, unknown>) =>
  parsePattern(JSON.stringify(pattern))(event);

const upload = {
  source: "aws.transfer",
  "detail-type": "FTP Server File Upload Completed",
  detail: { username: "camera01", bytes: 12, "status-code": "COMPLETED" },
};

describe("event patterns", () => {
  const cases: [what: string, pattern: object, expected: boolean][] = [
    ["an equal value", { source: ["aws.transfer"] }, true],
    ["one of several values", { source: ["aws.s3", "aws.transfer"] }, true],
    ["another value", { source: ["aws.s3"] }, false],
    ["a number instead of a text", { detail: { bytes: ["12"] } }, false],
    ["a number", { detail: { bytes: [12] } }, true],
    [
      "two fields of which one differs",
      { source: ["aws.transfer"], detail: { bytes: [1] } },
      false,
    ],
    ["a missing field", { detail: { etag: ["a"] } }, false],
    ["a field of a value that is not an object", { source: { name: ["a"] } }, false],
    ["the end of a text", { "detail-type": [{ suffix: "Upload Completed" }] }, true],
    ["another end", { "detail-type": [{ suffix: "Upload Failed" }] }, false],
    ["the beginning of a text", { "detail-type": [{ prefix: "FTP " }] }, true],
    ["the beginning of a number", { detail: { bytes: [{ prefix: "1" }] } }, false],
    ["that a field exists", { detail: { username: [{ exists: true }] } }, true],
    ["that a field is missing", { detail: { etag: [{ exists: false }] } }, true],
    [
      "that a field is missing, which it is not",
      { detail: { username: [{ exists: false }] } },
      false,
    ],
    ["anything but this", { detail: { username: [{ "anything-but": ["camera01"] }] } }, false],
    ["anything but others", { detail: { username: [{ "anything-but": ["plc", "x"] }] } }, true],
    ["anything but one", { detail: { bytes: [{ "anything-but": 12 }] } }, false],
    ["anything but, of nothing", { detail: { etag: [{ "anything-but": ["a"] }] } }, false],
  ];
  for (const [what, pattern, expected] of cases) {
    it(`${expected ? "matches" : "does not match"} ${what}`, () => {
      assert.equal(matches(pattern, upload), expected);
    });
  }

  it("matches one item of a list in the event", () => {
    assert.equal(matches({ resources: ["b"] }, { resources: ["a", "b"] }), true);
    assert.equal(matches({ resources: ["b"] }, { resources: ["a"] }), false);
    assert.equal(matches({ resources: ["b"] }, { resources: [] }), false);
  });

  const rejected: [what: string, text: string, message: RegExp][] = [
    ["text that is not JSON", "{", /is not JSON: \{/],
    ["nothing", "{}", /no fields at the top level/],
    ["a list in place of fields", "[]", /no fields at the top level/],
    ["an empty object", '{"detail":{}}', /no fields at detail/],
    ["an empty list", '{"detail":{"a":[]}}', /no value at detail\.a/],
    ["a value without a list", '{"source":"aws.transfer"}', /no fields at source/],
    ["$or", '{"$or":[{"a":["b"]}]}', /has \$or at \$or; supported are values, prefix/],
    [
      "a range of numbers",
      '{"detail":{"bytes":[{"numeric":[">",0]}]}}',
      /numeric.* at detail\.bytes/,
    ],
    ["two operators in one", '{"a":[{"prefix":"b","suffix":"c"}]}', /prefix.*suffix.* at a/],
    ["anything but a beginning", '{"a":[{"anything-but":{"prefix":"b"}}]}', /anything-but/],
    ["anything but nothing", '{"a":[{"anything-but":[]}]}', /anything-but/],
    ["an operator of the wrong kind", '{"a":[{"exists":"yes"}]}', /exists/],
  ];
  for (const [what, text, message] of rejected) {
    it(`rejects ${what}`, () => assert.throws(() => parsePattern(text), message));
  }
});

import assert from "node:assert/strict";

import { uploadPattern } from "../../../components/upload-policies";
import { parsePattern } from "../../../twin/events/pattern";
import { transferEvent } from "../../../twin/events/transfer-events";

const matches = (pattern: object, event: Record<string, unknown>) =>
  parsePattern(JSON.stringify(pattern))(event);

const upload = {
  source: "aws.transfer",
  "detail-type": "FTP Server File Upload Completed",
  detail: { username: "camera01", bytes: 12, "status-code": "COMPLETED" },
};

describe("an event pattern", () => {
  const cases: [what: string, pattern: object, expected: boolean][] = [
    ["a value that is there", { source: ["aws.transfer"] }, true],
    ["one of several values", { source: ["aws.s3", "aws.transfer"] }, true],
    ["another value", { source: ["aws.s3"] }, false],
    ["a number, which is no text", { detail: { bytes: ["12"] } }, false],
    ["a number", { detail: { bytes: [12] } }, true],
    [
      "two fields of which one differs",
      { source: ["aws.transfer"], detail: { bytes: [1] } },
      false,
    ],
    ["a field that is not there", { detail: { etag: ["a"] } }, false],
    ["a field of what is no object", { source: { name: ["a"] } }, false],
    ["the end of a text", { "detail-type": [{ suffix: "Upload Completed" }] }, true],
    ["another end", { "detail-type": [{ suffix: "Upload Failed" }] }, false],
    ["the beginning of a text", { "detail-type": [{ prefix: "FTP " }] }, true],
    ["the beginning of a number", { detail: { bytes: [{ prefix: "1" }] } }, false],
    ["that a field is there", { detail: { username: [{ exists: true }] } }, true],
    ["that a field is not there", { detail: { etag: [{ exists: false }] } }, true],
    ["that it is not, and it is", { detail: { username: [{ exists: false }] } }, false],
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

  it("looks for one item of a list in the event", () => {
    assert.equal(matches({ resources: ["b"] }, { resources: ["a", "b"] }), true);
    assert.equal(matches({ resources: ["b"] }, { resources: ["a"] }), false);
    assert.equal(matches({ resources: ["b"] }, { resources: [] }), false);
  });

  const refused: [what: string, text: string, message: RegExp][] = [
    ["what is no JSON", "{", /is no JSON: \{/],
    ["nothing", "{}", /no fields at its top/],
    ["a list in place of fields", "[]", /no fields at its top/],
    ["an empty object", '{"detail":{}}', /no fields at detail/],
    ["an empty list", '{"detail":{"a":[]}}', /no value at detail\.a/],
    ["a value without a list", '{"source":"aws.transfer"}', /no fields at source/],
    ["$or", '{"$or":[{"a":["b"]}]}', /has \$or at \$or; the twin knows values, prefix/],
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
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => assert.throws(() => parsePattern(text), message));
  }
});

describe("the pattern of uploads, on the twin's own events", () => {
  const serverId = "s-0123456789abcdef0";
  const source = {
    serverId,
    serverArn: `arn:aws:transfer:ap-northeast-1:123456789012:server/${serverId}`,
    clientIp: "100.64.0.10",
  };
  const transfer = {
    kind: "transfer",
    session: "0123456789abcdef",
    user: "camera01",
    direction: "upload",
    path: "/a.jpg",
    location: "/bucket/users/camera01/a.jpg",
    bytes: 12,
    milliseconds: 500,
    outcome: "completed",
  } as const;
  const isMatch = (change: Partial<typeof transfer> | Record<string, unknown>, of = serverId) => {
    const event = transferEvent({ ...transfer, ...change } as never, new Date(), source)!;
    return matches(uploadPattern(of, "canary"), { ...event });
  };

  it("takes uploads, whole, cut and failed, and nothing else", () => {
    for (const outcome of ["completed", "partial", "failed"]) assert.ok(isMatch({ outcome }));
    assert.ok(!isMatch({ direction: "download" }));
    assert.ok(!isMatch({ kind: "change", change: "delete" }));
  });

  it("leaves out another server's, and those of the user that only tries", () => {
    assert.ok(!isMatch({}, "s-fedcba98765432100"));
    assert.ok(!isMatch({ user: "canary" }));
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { FtpEvent } from "../../../twin/ftp/events";
import { formatEvent, parseRecording } from "../../../twin/recording/format";

/** Anything a device may send, control characters and odd Unicode included; lines hold no blanks at their end. */
const text = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((each) => each.replace(/\s+$/u, ""))
  .filter((each) => !each.startsWith("(") && !/^PASS \*/.test(each));
const session = fc.stringMatching(/^[0-9a-f]{16}$/);
const events: fc.Arbitrary<FtpEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("connected" as const),
    session,
    address: fc.ipV4(),
    source: fc.ipV4(),
  }),
  fc.record({ kind: fc.constant("command" as const), session, line: text }),
  fc.record({
    kind: fc.constant("command" as const),
    session,
    line: fc.constant("PASS ***"),
    passwordLength: fc.nat(1000),
  }),
  fc.record({ kind: fc.constant("reply" as const), session, text }),
  fc.record({ kind: fc.constant("refused" as const), session, reason: text }),
  fc.record({
    kind: fc.constant("refused" as const),
    session,
    reason: text,
    code: fc.constantFrom("exists" as const, "parent-missing" as const),
  }),
  fc.record({ kind: fc.constant("data" as const), session, to: fc.ipV4(), port: fc.nat(65535) }),
  fc.record({ kind: fc.constant("closed" as const), session, reason: text }),
  fc
    .record({
      session,
      user: fc.stringMatching(/^[a-z0-9]{3,12}$/),
      direction: fc.constantFrom("upload" as const, "download" as const),
      path: text.map((each) => `/${each}`),
      bytes: fc.nat(),
      milliseconds: fc.nat(),
      outcome: fc.constantFrom("completed" as const, "partial" as const, "failed" as const),
      replaced: fc.boolean(),
      madeFolder: fc.boolean(),
    })
    .map((each) => ({ kind: "transfer" as const, location: each.path, ...each })),
);

describe("recording", () => {
  it("returns every event unchanged", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e9), events)), (pairs) => {
        const all = pairs.map(([at, event]) => ({ at, event: { ...event } }));
        const lines = all.map(formatEvent);
        assert.ok(
          lines.every((line) => line !== undefined && !/[\u0000-\u001f\u007f-\u009f]/.test(line)),
        );
        assert.deepEqual([...parseRecording(`# a comment\n${lines.join("\n")}\n`)], all);
      }),
    );
  });

  it("holds no password, only its length", () => {
    const event = { kind: "command", session: "a", line: "PASS ***", passwordLength: 7 } as const;
    assert.equal(formatEvent({ at: 1500, event }), "1.500 a > PASS *** (7 characters)");
  });

  it("names the line that it cannot read", () => {
    assert.throws(() => [...parseRecording("0.1 a > NOOP\nnonsense\n")], /^Error: Line 2 /);
  });
});

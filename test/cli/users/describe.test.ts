import assert from "node:assert/strict";

import { Contents } from "../../../cli/users/contents";
import { documentOf, linesOf, stateOf, type UserDocument } from "../../../cli/users/describe";
import type { Site } from "../../../cli/users/site";
import { toItem, type NewUser } from "../../../lambdas/identity-provider/stores/user-record";

const site = {
  lockout: { addressFailures: 3, nameFailures: 5, windowSeconds: 100 },
} as unknown as Site;
const until = Date.parse("2027-03-31T00:00:00Z") / 1000;

function describeUser(fields: Partial<NewUser>, now = 0) {
  const contents = new Contents();
  contents.add(toItem({ name: "cam", passwordHashes: ["secret-hash"], ...fields }));
  const document = documentOf("cam", contents, site, now);
  return { document, lines: linesOf(document, contents.users.get("cam")) };
}

describe("documentOf", () => {
  it("has the number of passwords in place of their hashes, and only fields that are set", () => {
    const { document } = describeUser({});
    assert.deepEqual(document, {
      ...{ name: "cam", enabled: true, expired: false, passwords: 1, access: "read-write" },
      ...{ mappings: [], locked: { everywhere: false, addresses: [] } },
    });
  });

  it("takes the end of access as over from its second on", () => {
    const isExpired = (now: number) => describeUser({ validUntil: until }, now).document.expired;
    assert.deepEqual([isExpired(until - 1), isExpired(until)], [false, true]);
  });

  it("has no fields of a record that cannot be read", () => {
    const locked = { everywhere: false, addresses: [] };
    const document = documentOf("bad", new Contents(), site, 0);
    assert.deepEqual(document, { name: "bad", damaged: true, locked });
    assert.deepEqual(linesOf(document, undefined), ["bad", "  state     damaged"]);
  });
});

describe("stateOf", () => {
  const locked = { everywhere: false, addresses: [] };
  const cases: [string, Partial<UserDocument>][] = [
    ["active", { enabled: true }],
    ["disabled, expired, 2 passwords", { enabled: false, expired: true, passwords: 2 }],
    ["locked", { locked: { everywhere: true, addresses: ["100.64.0.1"] } }],
    [
      "locked from 100.64.0.1 100.64.0.2",
      { locked: { everywhere: false, addresses: ["100.64.0.1", "100.64.0.2"] } },
    ],
  ];
  for (const [state, document] of cases) {
    it(`is ${state}`, () => assert.equal(stateOf({ name: "cam", locked, ...document }), state));
  }
});

describe("linesOf", () => {
  it("prints defaults as words", () => {
    const { lines } = describeUser({});
    assert.deepEqual(lines, [
      "cam",
      "  state     active",
      "  access    read-write",
      "  until     no end",
      "  from      the stack's range",
    ]);
  });

  it("distinguishes logins from nowhere and from the stack's range, and prints folders and the note", () => {
    const { lines } = describeUser({
      ...{ allowedCidrs: [], note: "north", validUntil: until },
      mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
    });
    assert.ok(lines.includes("  from      nowhere"), lines.join("\n"));
    assert.ok(lines.some((line) => /^ {2}until {5}2027-03-31/.test(line)));
    assert.ok(lines.some((line) => /^ {2}folders {3}\/home \/config=shared\/config/.test(line)));
    assert.ok(lines.includes("  note      north"));
  });
});

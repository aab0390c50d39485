import assert from "node:assert/strict";
import fc from "fast-check";
import { DamagedItem, fromItem } from "../../../lambdas/identity-provider/stores/user-record";
import { userInSecret } from "../../../lambdas/identity-provider/stores/secrets-manager";
import type { LoginFacts } from "../../../lambdas/identity-provider/stores/user-store";
import { address, Bench, events, hashes, password, serverId, user } from "./support/fixtures";
import { MemoryStore } from "./support/memory-store";

/** Texts that have broken parsers: long, odd, encoded, of another language, or with a meaning elsewhere. */
const oddText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.base64String(),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\r\nSet-Cookie: x",
    "../../etc/passwd",
    "%2e%2e%2f",
    "%",
    "%E0%A4%A",
    "%00",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "${transfer:UserName}",
    "*",
    "user#cam-1",
    "cam-1#100.64.0.10",
    "日本語",
    "\ud800",
    "🔑".repeat(300),
    "x".repeat(100_000),
    "=",
    "====",
    "null",
    "cam-1",
    "cam-1 ",
    "CAM-1",
    "FTP",
    "SFTP",
    address,
    "100.64.0.10/10",
    serverId,
    "$scrypt$ln=99,r=1,p=1$$",
  ),
);
const oddValue = fc.oneof(
  { weight: 4, arbitrary: oddText },
  { weight: 1, arbitrary: fc.anything({ withBigInt: true, withNullPrototype: true }) },
);

/** A sound event with some of its values replaced, left out or wrapped, or something else altogether. */
const oddEvent = fc
  .tuple(
    fc.constantFrom(...(["proxy", "direct"] as const)),
    fc.array(fc.tuple(fc.nat({ max: 40 }), fc.option(oddValue)), { minLength: 1, maxLength: 4 }),
  )
  .map(([shape, changes]) => {
    const event = events[shape]({ user: "cam-1" }) as unknown as Record<string, unknown>;
    for (const [place, value] of changes) change(event, place, value);
    return event;
  });

function change(event: Record<string, unknown>, place: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (object: Record<string, unknown>) => {
    for (const [key, inner] of Object.entries(object)) {
      places.push([object, key]);
      if (typeof inner === "object" && inner !== null) visit(inner as Record<string, unknown>);
    }
  };
  visit(event);
  places.push([event, "username"], [event, "password"], [event, "headers"]);
  const [object, key] = places[place % places.length];
  if (value === null) delete object[key];
  else object[key] = value;
}

function isDenied(reply: unknown): boolean {
  const isEmpty = (value: unknown) => JSON.stringify(value) === "{}";
  if (isEmpty(reply)) return true;
  const { statusCode, body } = reply as { statusCode?: number; body?: string };
  return statusCode === 200 && body === "{}";
}

describe("Any input", () => {
  it("10,000 events without the password: none throws, none is granted", async () => {
    const store = new MemoryStore();
    store.add(await user("cam-1"));
    const bench = new Bench(store);
    await fc.assert(
      fc.asyncProperty(fc.oneof(oddEvent, oddEvent, fc.anything()), async (event) => {
        store.counts.clear();
        bench.written.length = 0;
        assert.equal(isDenied(await bench.handler(event)), true);
        assert.equal(bench.lines.length, 1);
        assert.equal(bench.lines[0].outcome, "denied");
      }),
      { numRuns: 10_000 },
    );
  });

  it("5,000 table items with the right password sent: none throws, none grants", async () => {
    const good = await hashes.first;
    const attribute = fc.oneof(
      fc.constant({ L: [{ S: good }] }),
      fc.constant({ BOOL: true }),
      fc.record({ L: fc.array(fc.record({ S: oddText })) }),
      fc.record({ S: oddText }),
      fc.record({ N: oddText }),
      fc.anything(),
    );
    const names = ["enabled", "validUntil", "allowedCidrs", "access", "mappings"] as const;
    const oddItem = fc
      .tuple(
        fc.record({
          // Hashes that are odd, so that nothing else in the record may let this password in.
          passwordHashes: fc.oneof(
            attribute.filter((value) => JSON.stringify(value) !== `{"L":[{"S":"${good}"}]}`),
            damagedHash(good).map((hash) => ({ L: [{ S: hash }] })),
          ),
        }),
        fc.dictionary(fc.constantFrom(...names), attribute),
      )
      .map(([hashes_, rest]) => ({ pk: { S: "user#cam-1" }, ...rest, ...hashes_ }));
    await neverGrants(oddItem, (item) => {
      try {
        return fromItem(item);
      } catch (error) {
        assert.ok(error instanceof DamagedItem);
        return "damaged";
      }
    });
  });

  it("5,000 secrets with the right password sent: none throws, none grants", async () => {
    const field = fc.oneof(oddText, fc.jsonValue());
    const names = ["Password", "FTPPassword", "NextPassword", "Enabled", "Access", "ValidUntil"];
    const oddSecret = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), field).map((fields) => JSON.stringify(fields)),
      oddText,
      fc.anything(),
    );
    await neverGrants(oddSecret, (secret) => userInSecret("cam-1", secret, "FTP") ?? "damaged");
  });

  async function neverGrants<T>(records: fc.Arbitrary<T>, read: (t: T) => LoginFacts["user"]) {
    const store = new MemoryStore();
    const bench = new Bench(store);
    await fc.assert(
      fc.asyncProperty(records, async (record) => {
        store.counts.clear();
        bench.written.length = 0;
        store.users.set("cam-1", read(record));
        assert.notEqual(await bench.try({ user: "cam-1", password }), "granted");
      }),
      { numRuns: 5000 },
    );
  }
});

/** The hash with one character changed, cut short, or with other parameters. */
function damagedHash(good: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc
      .tuple(fc.nat({ max: good.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([at, sign]) => good.slice(0, at) + sign + good.slice(at + 1))
      .filter((hash) => !sameBits(hash, good)),
    fc.nat({ max: good.length - 1 }).map((length) => good.slice(0, length)),
    fc
      .tuple(fc.nat({ max: 99 }), fc.nat({ max: 999 }), fc.nat({ max: 99 }))
      // Small enough to be computed thousands of times when it is acceptable at all.
      .filter(
        ([ln, r, p]) => !(ln === 4 && r === 8 && p === 1) && (ln > 20 || ln + Math.log2(r * p) < 9),
      )
      .map(([ln, r, p]) => good.replace("ln=4,r=8,p=1", `ln=${ln},r=${r},p=${p}`)),
  );
}

// The last character of base64 has bits that no byte needs: changing only those changes nothing.
function sameBits(a: string, b: string): boolean {
  const bytes = (phc: string) =>
    phc
      .split("$")
      .map((part) => Buffer.from(part, "base64").toString("hex"))
      .join("$");
  return bytes(a) === bytes(b);
}

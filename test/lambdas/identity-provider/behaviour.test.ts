import assert from "node:assert/strict";
import type { UserRecord } from "../../../lambdas/identity-provider/stores/user-store";
import {
  Bench,
  documentIn,
  events,
  hashes,
  nextPassword,
  password,
  rules,
  user,
  type Attempt,
  type Shape,
} from "./support/fixtures";
import { MemoryStore } from "./support/memory-store";

/** What happens, what is sent, how it ends. The user cam-1 is there, as `record` changes it. */
interface Case {
  readonly when: string;
  readonly attempt: Partial<Attempt>;
  readonly record?: Partial<UserRecord>;
  readonly ends: string;
}

const now = 1_800_000_000;
const config = { entry: "/config", target: "shared/config", access: "read-only" } as const;

const cases: Case[] = [
  { when: "the right password", attempt: {}, ends: "granted" },
  { when: "a wrong password", attempt: { password: "wrong" }, ends: "wrong-password" },
  {
    when: "the password in another case",
    attempt: { password: password.toLowerCase() },
    ends: "wrong-password",
  },
  {
    when: "the password and a blank",
    attempt: { password: `${password} ` },
    ends: "wrong-password",
  },
  { when: "an empty password", attempt: { password: "" }, ends: "no-password" },
  { when: "no password", attempt: { password: undefined }, ends: "no-password" },
  { when: "the password and a NUL", attempt: { password: `${password}\0` }, ends: "no-password" },
  {
    when: "the password and NULs up to HMAC's block",
    attempt: { password: password.padEnd(64, "\0") },
    ends: "no-password",
  },
  { when: "a NUL alone", attempt: { password: "\0" }, ends: "no-password" },
  {
    when: "a hash with parameters outside RFC 7914",
    attempt: {},
    record: {
      passwordHashes: [`$scrypt$ln=16,r=1,p=1$${"A".repeat(22)}$${"A".repeat(43)}`],
    },
    ends: "wrong-password",
  },
  {
    when: "a password of 1,024 characters",
    attempt: { password: "x".repeat(1024) },
    ends: "wrong-password",
  },
  {
    when: "a password of 1,025 characters",
    attempt: { password: "x".repeat(1025) },
    ends: "no-password",
  },
  {
    when: "the stored hash as the password",
    attempt: { password: "$scrypt$" },
    ends: "wrong-password",
  },
  { when: "a name of no user", attempt: { user: "cam-2" }, ends: "unknown-user" },
  { when: "the name in another case", attempt: { user: "CAM-1" }, ends: "unknown-user" },
  {
    when: "a name of no user, empty password",
    attempt: { user: "cam-2", password: "" },
    ends: "unknown-user",
  },
  {
    when: "a name with @, dot and underscore",
    attempt: { user: "a_b.c@site" },
    record: { name: "a_b.c@site" },
    ends: "granted",
  },
  {
    when: "a name of 3 characters",
    attempt: { user: "abc" },
    record: { name: "abc" },
    ends: "granted",
  },
  {
    when: "a name of 100 characters",
    attempt: { user: "a".repeat(100) },
    record: { name: "a".repeat(100) },
    ends: "granted",
  },
  {
    when: "a name of 2 characters",
    attempt: { user: "ab" },
    record: { name: "ab" },
    ends: "bad-user-name",
  },
  {
    when: "a name of 101 characters",
    attempt: { user: "a".repeat(101) },
    record: { name: "a".repeat(101) },
    ends: "bad-user-name",
  },
  { when: "an empty name", attempt: { user: "" }, ends: "bad-user-name" },
  {
    when: "a name that begins with a dot",
    attempt: { user: "..cam" },
    record: { name: "..cam" },
    ends: "bad-user-name",
  },
  { when: "a name with a slash", attempt: { user: "cam/../cam-1" }, ends: "bad-user-name" },
  { when: "a name with a star", attempt: { user: "cam*" }, ends: "bad-user-name" },
  {
    when: "a name with a policy variable",
    attempt: { user: "${aws:username}" },
    ends: "bad-user-name",
  },
  { when: "a name with a NUL", attempt: { user: "cam-1\0" }, ends: "bad-user-name" },
  { when: "a name with a line end", attempt: { user: "cam-1\r\nX: y" }, ends: "bad-user-name" },
  { when: "a name that ends in a line feed", attempt: { user: "cam-1\n" }, ends: "bad-user-name" },
  { when: "a name with a letter outside ASCII", attempt: { user: "cåm-1" }, ends: "bad-user-name" },
  {
    when: "a percent sign in the name itself",
    attempt: { user: "cam%2D1" },
    ends: "bad-user-name",
  },
  {
    when: "the reserved name __proto__, not a user",
    attempt: { user: "__proto__" },
    ends: "unknown-user",
  },
  {
    when: "the reserved name constructor, not a user",
    attempt: { user: "constructor" },
    ends: "unknown-user",
  },
  {
    when: "the reserved name __proto__, a user",
    attempt: { user: "__proto__" },
    record: { name: "__proto__" },
    ends: "granted",
  },
  { when: "protocol SFTP", attempt: { protocol: "SFTP" }, ends: "wrong-protocol" },
  {
    when: "protocol FTPS, which is not allowed here",
    attempt: { protocol: "FTPS" },
    ends: "wrong-protocol",
  },
  { when: "protocol in lower case", attempt: { protocol: "ftp" }, ends: "wrong-protocol" },
  { when: "no protocol", attempt: { protocol: "" }, ends: "wrong-protocol" },
  { when: "no address", attempt: { address: "" }, ends: "bad-address" },
  { when: "an address that is none", attempt: { address: "100.64.0.256" }, ends: "bad-address" },
  { when: "an IPv6 address", attempt: { address: "::ffff:100.64.0.10" }, ends: "bad-address" },
  {
    when: "an address outside the default range",
    attempt: { address: "10.0.0.1" },
    ends: "address-not-allowed",
  },
  {
    when: "the address just below the default range",
    attempt: { address: "100.63.255.255" },
    ends: "address-not-allowed",
  },
  {
    when: "the last address of the default range",
    attempt: { address: "100.127.255.255" },
    ends: "granted",
  },
  {
    when: "an address in the user's own list",
    attempt: { address: "10.1.2.3" },
    record: { allowedCidrs: ["192.0.2.0/24", "10.1.0.0/16"] },
    ends: "granted",
  },
  {
    when: "the default range, but a list of one's own",
    attempt: {},
    record: { allowedCidrs: ["10.1.0.0/16"] },
    ends: "address-not-allowed",
  },
  {
    when: "an empty list of one's own",
    attempt: {},
    record: { allowedCidrs: [] },
    ends: "address-not-allowed",
  },
  {
    when: "a damaged list of one's own",
    attempt: {},
    record: { allowedCidrs: ["100.64.0.10/10", "everywhere"] },
    ends: "address-not-allowed",
  },
  {
    when: "a server we do not know",
    attempt: { serverId: "s-0000000000000000f" },
    ends: "unknown-server",
  },
  { when: "a server id that is none", attempt: { serverId: "s-1#x" }, ends: "unknown-server" },
  { when: "no server", attempt: { serverId: "" }, ends: "unknown-server" },
  { when: "a disabled user", attempt: {}, record: { enabled: false }, ends: "disabled" },
  {
    when: "a disabled user's wrong password",
    attempt: { password: "wrong" },
    record: { enabled: false },
    ends: "disabled",
  },
  { when: "a user who expires now", attempt: {}, record: { validUntil: now }, ends: "expired" },
  {
    when: "a user who expires in a second",
    attempt: {},
    record: { validUntil: now + 1 },
    ends: "granted",
  },
  { when: "a user whose end is zero", attempt: {}, record: { validUntil: 0 }, ends: "expired" },
  {
    when: "a damaged hash",
    attempt: {},
    record: { passwordHashes: ["$scrypt$ln=14,r=8"] },
    ends: "wrong-password",
  },
  {
    when: "a plain password where a hash belongs",
    attempt: {},
    record: { passwordHashes: [password] },
    ends: "wrong-password",
  },
  { when: "no hash at all", attempt: {}, record: { passwordHashes: [] }, ends: "wrong-password" },
  { when: "a shared folder", attempt: {}, record: { mappings: [config] }, ends: "granted" },
  {
    when: "a mapping into another user's home",
    attempt: {},
    record: { mappings: [{ ...config, target: "users/cam-2" }] },
    ends: "bad-mappings",
  },
  {
    when: "a mapping of the bucket",
    attempt: {},
    record: { mappings: [{ ...config, target: "" }] },
    ends: "bad-mappings",
  },
  {
    when: "a mapping with dots",
    attempt: {},
    record: { mappings: [{ ...config, target: "shared/../users" }] },
    ends: "bad-mappings",
  },
  {
    when: "a mapping onto the home",
    attempt: {},
    record: { mappings: [{ ...config, entry: "/home" }] },
    ends: "bad-mappings",
  },
  {
    when: "more mappings than a policy holds",
    attempt: {},
    record: {
      mappings: Array.from({ length: 20 }, (_, n) => ({
        entry: `/c${n}`,
        target: `shared/${"folder".repeat(8)}-${n}`,
        access: "read-only" as const,
      })),
    },
    ends: "bad-mappings",
  },
];

for (const shape of ["proxy", "direct"] as Shape[]) {
  describe(`Login, ${shape} event`, () => {
    for (const { when, attempt, record = {}, ends } of cases) {
      it(`${when}: ${ends}`, async () => {
        const bench = new Bench(new MemoryStore().add(await user("cam-1", record)));
        assert.equal(await bench.try({ user: "cam-1", password, ...attempt }, shape), ends);
        assert.equal(bench.lines.length, 1);
      });
    }

    it("a damaged record: damaged-record", async () => {
      const store = new MemoryStore();
      store.users.set("cam-1", "damaged");
      assert.equal(
        await new Bench(store).try({ user: "cam-1", password }, shape),
        "damaged-record",
      );
    });

    it("two passwords while one is replaced: both are granted, a third is not", async () => {
      const passwordHashes = [await hashes.first, await hashes.next];
      const bench = new Bench(new MemoryStore().add(await user("cam-1", { passwordHashes })));
      assert.equal(await bench.try({ user: "cam-1", password }, shape), "granted");
      assert.equal(await bench.try({ user: "cam-1", password: nextPassword }, shape), "granted");
      assert.equal(await bench.try({ user: "cam-1", password: "x" }, shape), "wrong-password");
    });

    it("five failures: locked here, not from another address", async () => {
      const bench = new Bench(new MemoryStore().add(await user("cam-1")));
      const wrong = { user: "cam-1", password: "wrong" };
      for (let n = 0; n < 5; n++) assert.equal(await bench.try(wrong, shape), "wrong-password");
      assert.equal(await bench.try({ user: "cam-1", password }, shape), "locked");
      assert.equal(
        await bench.try({ user: "cam-1", password, address: "100.64.0.11" }, shape),
        "granted",
      );
    });

    it("a password of many scripts and signs: granted", async () => {
      const odd = "pä'ss\"wörd\\%40:日本語🔑";
      const { hashPassword } = await import("../../../lambdas/identity-provider/password");
      const passwordHashes = [await hashPassword(odd, { N: 16 })];
      const bench = new Bench(new MemoryStore().add(await user("cam-1", { passwordHashes })));
      assert.equal(await bench.try({ user: "cam-1", password: odd }, shape), "granted");
    });

    it("the answer names the code's role, a logical home and the policy of that home", async () => {
      const bench = new Bench(new MemoryStore().add(await user("cam-1")));
      const reply = await bench.handler(events[shape]({ user: "cam-1", password }));
      const document = documentIn(shape, reply);
      assert.deepEqual(Object.keys(document).sort(), [
        "HomeDirectoryDetails",
        "HomeDirectoryType",
        "Policy",
        "Role",
      ]);
      assert.equal(document.Role, rules.roleArn);
      assert.equal(document.HomeDirectoryType, "LOGICAL");
      assert.equal(
        document.HomeDirectoryDetails,
        '[{"Entry":"/","Target":"/files-bucket/users/cam-1"}]',
      );
      assert.ok(document.Policy.includes("arn:aws:s3:::files-bucket/users/cam-1/*"));
    });

    it("a broken store: an error, neither a grant nor a refusal", async () => {
      for (const [method, secret] of [
        ["look", password],
        ["admit", "wrong"],
      ]) {
        const store = new MemoryStore().add(await user("cam-1"));
        store.broken.add(method);
        const bench = new Bench(store);
        const attempt = bench.handler(events[shape]({ user: "cam-1", password: secret }));
        if (shape === "direct") await assert.rejects(attempt, /could not decide/);
        else assert.equal(((await attempt) as { statusCode: number }).statusCode, 500);
        assert.equal(bench.lines[0].outcome, "error");
      }
    });
  });
}

describe("Login, an event of neither shape", () => {
  for (const event of [null, undefined, 7, "text", [], {}, { Records: [] }]) {
    it(`${JSON.stringify(event)} is refused`, async () => {
      const bench = new Bench(new MemoryStore().add(await user("cam-1")));
      assert.deepEqual(await bench.handler(event), {});
    });
  }
});

import assert from "node:assert/strict";
import {
  hashPassword,
  parseHash,
  scrypt,
  type Scrypt,
} from "../../../lambdas/identity-provider/password";
import type { UserRecord } from "../../../lambdas/identity-provider/stores/user-store";
import { Bench, cheap, hashes, nextPassword, password, user } from "./support/fixtures";
import { MemoryStore } from "./support/memory-store";

describe("What a refusal costs", () => {
  const refusals: [string, Partial<UserRecord> | "damaged" | undefined, string | undefined][] = [
    ["unknown user", undefined, "wrong"],
    ["unknown user, no password", undefined, undefined],
    ["wrong password", {}, "wrong"],
    ["empty password", {}, ""],
    ["missing password", {}, undefined],
    ["damaged record", "damaged", password],
    ["disabled, right password", { enabled: false }, password],
    ["expired, right password", { validUntil: 1 }, password],
    ["address not allowed, right password", { allowedCidrs: [] }, password],
    [
      "bad mappings, right password",
      { mappings: [{ entry: "/", target: "", access: "read-only" }] },
      password,
    ],
    ["damaged hash", { passwordHashes: ["$scrypt$"] }, password],
    ["no hash", { passwordHashes: [] }, password],
  ];

  for (const [when, record, secret] of refusals) {
    it(`${when}: counted, then two hashes`, async () => {
      const store = new MemoryStore();
      if (record === "damaged") store.users.set("cam-1", record);
      else if (record) store.add(await user("cam-1", record));
      const bench = new Bench(store);
      assert.notEqual(await bench.try({ user: "cam-1", password: secret }), "granted");
      assert.equal(bench.hashed, 2);
      assert.deepEqual(store.calls, ["look", "admit", "countName"]);
    });
  }

  it("without a count that is kept, no password is checked", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    store.broken.add("admit");
    const bench = new Bench(store);
    for (const secret of ["wrong", password]) {
      await assert.rejects(bench.try({ user: "cam-1", password: secret }), /could not decide/);
    }
    assert.equal(bench.hashed, 0);
  });

  it("a count of failing names that is not kept is a note", async () => {
    const store = new MemoryStore();
    store.broken.add("countName");
    const bench = new Bench(store);
    assert.equal(await bench.try({ user: "cam-1", password }), "unknown-user");
    assert.deepEqual(bench.lines[0].notes, ["counting-names-failed"]);
  });

  it("with two hashes in the record: two hashes", async () => {
    const passwordHashes = [await hashes.first, await hashes.next];
    const bench = new Bench(new MemoryStore().add(await user("cam-1", { passwordHashes })));
    assert.equal(await bench.try({ user: "cam-1", password: "wrong" }), "wrong-password");
    assert.equal(bench.hashed, 2);
  });

  it("the hashes for an unknown user have today's parameters", async () => {
    const parameters = { N: 2 ** 6, r: 8, p: 1 };
    const asked: unknown[] = [];
    const { Passwords } = await import("../../../lambdas/identity-provider/passwords");
    const passwords = new Passwords(parameters, async (_p, _s, length, given) => {
      asked.push(given);
      return Buffer.alloc(length, 1);
    });
    assert.equal(await passwords.match("x", undefined, false), undefined);
    assert.deepEqual(asked, [parameters, parameters]);
  });

  it("with records of another cost, the same hashes for every name and every record", async () => {
    const [low, high] = [cheap, { N: 2 ** 6, r: 8, p: 1 }];
    const old = [await hashes.first, await hashes.next];
    const renewed = await hashPassword(password, high);
    const records: [string, Partial<UserRecord> | undefined][] = [
      ["old", { passwordHashes: [old[0]] }],
      ["two old", { passwordHashes: old }],
      ["renewed", { passwordHashes: [renewed] }],
      ["one of each", { passwordHashes: [old[0], renewed] }],
      ["disabled", { enabled: false }],
      ["damaged hash", { passwordHashes: ["$scrypt$"] }],
      ["unknown", undefined],
    ];
    const asked: string[] = [];
    const { Passwords } = await import("../../../lambdas/identity-provider/passwords");
    const compute: Scrypt = (secret, salt, length, given) => {
      asked.push(`${given.N}`);
      return scrypt(secret, salt, length, given);
    };
    for (const seed of [[low], []]) {
      const passwords = new Passwords(high, compute, seed);
      // Without a seed it adds the other cost with the first record that it reads.
      for (const [when, record] of records) {
        asked.length = 0;
        const stored = record && (await user("cam-1", record));
        assert.equal(await passwords.match("wrong", stored, true), undefined);
        assert.deepEqual(asked.sort(), ["16", "16", "64", "64"], when);
      }
      assert.deepEqual(await passwords.match(password, await user("cam-1"), true), {
        hash: old[0],
      });
    }
  });

  it("the dummy never grants a login, even for a password that hashes to it", async () => {
    const { Passwords } = await import("../../../lambdas/identity-provider/passwords");
    const passwords = new Passwords(cheap, async (_p, _s, length) => Buffer.alloc(length));
    assert.equal(await passwords.match("x", undefined, true), undefined);
    assert.equal(await passwords.match("x", await user("cam-1"), true), undefined);
  });

  it("a missing password is no user's, not even of one who has the stand-in for it", async () => {
    const passwordHashes = [await hashPassword("-", cheap)];
    const bench = new Bench(new MemoryStore().add(await user("cam-1", { passwordHashes })));
    assert.equal(await bench.try({ user: "cam-1" }), "no-password");
    assert.equal(bench.hashed, 2);
    assert.equal(await bench.try({ user: "cam-1", password: "-" }), "granted");
  });

  it("a locked attempt: counted, no hash", async () => {
    for (const name of ["cam-1", "nobody"]) {
      const store = new MemoryStore().add(await user("cam-1"));
      const bench = new Bench(store);
      for (let n = 0; n < 5; n++) await bench.try({ user: name, password: "wrong" });
      bench.hashed = 0;
      store.calls.length = 0;
      assert.equal(await bench.try({ user: name, password }), "locked");
      assert.equal(bench.hashed, 0);
      assert.deepEqual(store.calls, ["look", "admit"]);
    }
  });

  it("what does not depend on the user costs nothing", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    const bench = new Bench(store);
    await bench.try({ user: "cam-1", password, serverId: "s-00000000000000001" });
    assert.deepEqual(store.calls, ["look"]);
    await bench.try({ user: "x", password });
    await bench.try({ user: "cam-1", password, protocol: "SFTP" });
    assert.deepEqual(store.calls, ["look"]);
    assert.equal(bench.hashed, 0);
  });
});

describe("What a granted login costs", () => {
  it("the first: counted, one hash, taken out of the counts, remembered", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    const bench = new Bench(store, { rememberSeconds: 60 });
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 1);
    assert.deepEqual(store.calls, ["look", "admit", "release", "keepVerified"]);
  });

  it("a later one, without failures: one read, no write, no hash", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    const bench = new Bench(store, { rememberSeconds: 60 });
    await bench.try({ user: "cam-1", password });
    bench.hashed = 0;
    store.calls.length = 0;
    assert.equal(await bench.try({ user: "cam-1", password, address: "100.64.9.9" }), "granted");
    assert.equal(bench.hashed, 0);
    assert.deepEqual(store.calls, ["look"]);
  });

  it("one after a failure, here or at another address: counted before it is compared", async () => {
    for (const address of ["100.64.0.10", "100.64.0.11"]) {
      const store = new MemoryStore().add(await user("cam-1"));
      const bench = new Bench(store, { rememberSeconds: 60 });
      await bench.try({ user: "cam-1", password });
      await bench.try({ user: "cam-1", password: "wrong", address });
      store.calls.length = 0;
      assert.equal(await bench.try({ user: "cam-1", password }), "granted");
      assert.deepEqual(store.calls, ["look", "admit", "release"]);
    }
  });

  it("failures of long ago count no more", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    const bench = new Bench(store, { rememberSeconds: 6000 });
    await bench.try({ user: "cam-1", password });
    await bench.try({ user: "cam-1", password: "wrong" });
    bench.now += 900;
    store.calls.length = 0;
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.deepEqual(store.calls, ["look"]);
  });

  it("when the failures cannot be cleared, the login is still granted", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    store.broken.add("release");
    const bench = new Bench(store);
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.deepEqual(bench.lines[0].notes, ["clearing-failures-failed"]);
  });
});

describe("The lock", () => {
  it("of a name from anywhere holds at every address", async () => {
    const bench = new Bench(new MemoryStore().add(await user("cam-1")));
    for (let n = 0; n < 12; n++) {
      const from = { user: "cam-1", address: `100.64.1.${n}` };
      assert.equal(await bench.try({ ...from, password: "wrong" }), "wrong-password");
    }
    assert.equal(await bench.try({ user: "cam-1", password, address: "100.64.9.9" }), "locked");
  });

  it("of a name is not put off by successes from elsewhere", async () => {
    const bench = new Bench(new MemoryStore().add(await user("cam-1")));
    for (let n = 0; n < 12; n++) {
      await bench.try({ user: "cam-1", password: "wrong", address: `100.64.1.${n}` });
      if (n < 11) assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    }
    assert.equal(await bench.try({ user: "cam-1", password }), "locked");
  });

  it("here or everywhere does not stop a password verified recently", async () => {
    for (const addresses of [5, 12]) {
      const bench = new Bench(new MemoryStore().add(await user("cam-1")), { rememberSeconds: 60 });
      assert.equal(await bench.try({ user: "cam-1", password }), "granted");
      for (let n = 0; n < addresses; n++) {
        const from = addresses === 5 ? "100.64.0.10" : `100.64.1.${n}`;
        await bench.try({ user: "cam-1", password: "wrong", address: from });
      }
      assert.equal(await bench.try({ user: "cam-1", password: nextPassword }), "locked");
      assert.equal(await bench.try({ user: "cam-1", password }), "granted");
      bench.now += 60;
      assert.equal(await bench.try({ user: "cam-1", password }), "locked");
    }
  });

  it("does not reach another name at the same address", async () => {
    const bench = new Bench(new MemoryStore().add(await user("cam-1"), await user("cam-2")));
    for (let n = 0; n < 6; n++) await bench.try({ user: "cam-1", password: "wrong" });
    assert.equal(await bench.try({ user: "cam-2", password }), "granted");
  });

  it("four failures, then the right password: granted, and the count begins again", async () => {
    const bench = new Bench(new MemoryStore().add(await user("cam-1")));
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await bench.try({ user: "cam-1", password: "wrong" });
      assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    }
  });
});

describe("A remembered login", () => {
  const remembering = async (record: Partial<UserRecord> = {}) => {
    const store = new MemoryStore().add(await user("cam-1", record));
    const bench = new Bench(store, { rememberSeconds: 60 });
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    bench.hashed = 0;
    return { store, bench };
  };

  it("skips the hash, and logs that", async () => {
    const { bench } = await remembering();
    bench.now += 59;
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 0);
    assert.deepEqual(
      bench.lines.map(({ Reason }) => Reason),
      ["password", "remembered"],
    );
  });

  it("ends after its time", async () => {
    const { bench } = await remembering();
    bench.now += 60;
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 1);
  });

  it("is renewed in the second half of its time, so that a device in use is never hashed again", async () => {
    const { bench, store } = await remembering();
    const writes = () => store.calls.filter((call) => call === "keepVerified").length;
    bench.now += 29;
    await bench.try({ user: "cam-1", password });
    assert.equal(writes(), 1);
    for (let n = 0; n < 10; n++) {
      bench.now += 30;
      assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    }
    assert.equal(bench.hashed, 0);
    assert.equal(writes(), 11);
  });

  it("is kept of two passwords at a time, and forgotten with its hash", async () => {
    const passwordHashes = [await hashes.first, await hashes.next];
    const { bench, store } = await remembering({ passwordHashes });
    assert.equal(await bench.try({ user: "cam-1", password: nextPassword }), "granted");
    bench.hashed = 0;
    for (const secret of [password, nextPassword, password]) {
      assert.equal(await bench.try({ user: "cam-1", password: secret }), "granted");
    }
    assert.equal(bench.hashed, 0);
    assert.equal(store.verified.get("cam-1")?.length, 2);
  });

  it("that cannot be kept is a note, not a refusal", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    store.broken.add("keepVerified");
    const bench = new Bench(store, { rememberSeconds: 60 });
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.deepEqual(bench.lines[0].notes, ["keeping-verified-failed"]);
  });

  it("helps no other password and no other user", async () => {
    const { bench, store } = await remembering();
    assert.equal(await bench.try({ user: "cam-1", password: "wrong" }), "wrong-password");
    store.add(await user("cam-2", { passwordHashes: [await hashes.next] }));
    assert.equal(await bench.try({ user: "cam-2", password }), "wrong-password");
  });

  it("skips no other check", async () => {
    const { bench, store } = await remembering();
    const ends = async (record: Partial<UserRecord>) => {
      store.add(await user("cam-1", record));
      return bench.try({ user: "cam-1", password });
    };
    assert.equal(await ends({ enabled: false }), "disabled");
    assert.equal(await ends({ validUntil: bench.now }), "expired");
    assert.equal(await ends({ allowedCidrs: ["10.0.0.0/8"] }), "address-not-allowed");
    assert.equal(await ends({ passwordHashes: [await hashes.next] }), "wrong-password");
    store.users.delete("cam-1");
    assert.equal(await bench.try({ user: "cam-1", password }), "unknown-user");
    store.add(await user("cam-1"));
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 10);
  });

  it("is forgotten when the same password has a new hash", async () => {
    const { bench, store } = await remembering();
    store.add(await user("cam-1", { passwordHashes: [await hashPassword(password, cheap)] }));
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 1);
  });
});

describe("A hash below today's parameters", () => {
  const parameters = { N: 2 ** 5, r: 8, p: 1 };

  it("is made again at the next login, and only the one that matched", async () => {
    const passwordHashes = [await hashes.first, await hashes.next];
    const store = new MemoryStore().add(await user("cam-1", { passwordHashes }));
    const bench = new Bench(store, { parameters });
    assert.equal(await bench.try({ user: "cam-1", password: nextPassword }), "granted");
    assert.deepEqual(bench.lines[0].notes, ["hash-upgraded"]);
    const kept = (store.users.get("cam-1") as UserRecord).passwordHashes;
    assert.equal(kept[0], passwordHashes[0]);
    assert.deepEqual(parseHash(kept[1])?.parameters, parameters);
    assert.equal(await bench.try({ user: "cam-1", password: nextPassword }), "granted");
    assert.equal(store.calls.filter((call) => call === "replaceHash").length, 1);
  });

  it("is made again at a remembered login, too, and the new one is remembered", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    await new Bench(store, { rememberSeconds: 60 }).try({ user: "cam-1", password });
    const bench = new Bench(store, { rememberSeconds: 60, parameters });
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.deepEqual(bench.lines[0].notes, ["hash-upgraded"]);
    bench.hashed = 0;
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.equal(bench.hashed, 0);
  });

  it("is not made again by a wrong password", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    await new Bench(store, { parameters }).try({ user: "cam-1", password: "wrong" });
    assert.ok(!store.calls.includes("replaceHash"));
  });

  it("that cannot be replaced is a note, not a refusal", async () => {
    const store = new MemoryStore().add(await user("cam-1"));
    store.broken.add("replaceHash");
    const bench = new Bench(store, { parameters });
    assert.equal(await bench.try({ user: "cam-1", password }), "granted");
    assert.deepEqual(bench.lines[0].notes, ["hash-upgrade-failed"]);
  });

  it("is left alone when it is above them", async () => {
    const passwordHashes = [await hashPassword(password, { N: 2 ** 7 })];
    const store = new MemoryStore().add(await user("cam-1", { passwordHashes }));
    await new Bench(store, { parameters }).try({ user: "cam-1", password });
    assert.ok(!store.calls.includes("replaceHash"));
  });
});

import assert from "node:assert/strict";
import { awsCall } from "../../../../lambdas/identity-provider/stores/aws-json";
import { DynamoDbStore } from "../../../../lambdas/identity-provider/stores/dynamodb";
import { SecretsManagerStore } from "../../../../lambdas/identity-provider/stores/secrets-manager";
import {
  forgivenessUpdate,
  serverItem,
  toItem,
  type Item,
} from "../../../../lambdas/identity-provider/stores/user-record";
import type {
  UserRecord,
  UserStore,
} from "../../../../lambdas/identity-provider/stores/user-store";
import {
  address,
  Bench,
  digests,
  hashes,
  nextPassword,
  password,
  rules,
  serverId,
  user,
} from "../support/fixtures";
import { secretsManager } from "../support/http-stand-in";
import { aws, openTable, type Table } from "../support/table";

/** A kind of store, as the suite fills and breaks it. */
interface Fixture {
  readonly store: UserStore;
  readonly table: Table;
  add(user: UserRecord): Promise<void>;
  damage(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

async function dynamoDbFixture(): Promise<Fixture> {
  const table = await openTable();
  return {
    store: new DynamoDbStore(table.call, table.name, rules.lockout),
    table,
    add: (record) => table.put(toItem(record)),
    damage: (name) => table.put({ pk: { S: `user#${name}` }, enabled: { S: "yes" } } as Item),
    remove: async (name) => {
      await table.call("DeleteItem", { TableName: table.name, Key: { pk: { S: `user#${name}` } } });
    },
    close: () => table.close(),
  };
}

async function secretsFixture(): Promise<Fixture> {
  const table = await openTable();
  const secrets = new Map<string, string>();
  const manager = await secretsManager(secrets);
  const service = { name: "secretsmanager", target: "secretsmanager", version: "1.1" };
  const nameOf = (name: string) => `aws/transfer/${serverId}/${name}`;
  return {
    store: new SecretsManagerStore(
      awsCall({ ...service, endpoint: manager.endpoint }, aws),
      "aws/transfer/{server}/{user}",
      new DynamoDbStore(table.call, table.name, rules.lockout),
    ),
    table,
    add: async ({ name, passwordHashes, enabled, validUntil, allowedCidrs, access }) => {
      const fields = {
        Password: passwordHashes[0],
        NextPassword: passwordHashes[1],
        Enabled: String(enabled),
        ValidUntil: validUntil === undefined ? undefined : String(validUntil),
        AcceptedIpNetwork: allowedCidrs?.join(", "),
        Access: access,
      };
      secrets.set(nameOf(name), JSON.stringify(fields));
    },
    damage: async (name) => {
      secrets.set(nameOf(name), '{"Password": ');
    },
    remove: async (name) => {
      secrets.delete(nameOf(name));
    },
    close: async () => {
      await manager.close();
      await table.close();
    },
  };
}

for (const [kind, open] of [
  ["DynamoDB", dynamoDbFixture],
  ["Secrets Manager", secretsFixture],
] as const) {
  describe(`Store: ${kind}`, () => {
    let at: Fixture;
    let bench: Bench;
    let name: string;
    let number = 0;
    before(async () => {
      at = await open();
      await at.table.put(serverItem(serverId));
    });
    after(() => at.close());
    beforeEach(() => {
      name = `cam-${++number}`;
      bench = new Bench(at.store);
    });

    const right = () => bench.try({ user: name, password });
    const wrong = (from = address) => bench.try({ user: name, password: "wrong", address: from });
    const add = async (record: Partial<UserRecord> = {}) => at.add(await user(name, record));
    const failuresIn = async (pk: string) => (await at.table.get(pk))?.failures.N;
    const admitAtOnce = (count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, n) =>
          at.store.admit({ name, address, guess: `guess-${n}` }, bench.now),
        ),
      );

    it("grants the right password and refuses a wrong one", async () => {
      await add();
      assert.equal(await right(), "granted");
      assert.equal(await wrong(), "wrong-password");
    });

    it("refuses who is not there, or was removed", async () => {
      assert.equal(await right(), "unknown-user");
      await add();
      assert.equal(await right(), "granted");
      await at.remove(name);
      assert.equal(await right(), "unknown-user");
    });

    it("refuses a disabled, an expired and a damaged user", async () => {
      await add({ enabled: false });
      assert.equal(await right(), "disabled");
      await add({ validUntil: bench.now });
      assert.equal(await right(), "expired");
      await add({ validUntil: bench.now + 1 });
      assert.equal(await right(), "granted");
      await at.damage(name);
      assert.equal(await right(), "damaged-record");
    });

    it("keeps a user to the blocks of the record", async () => {
      await add({ allowedCidrs: ["192.0.2.0/24", "10.1.0.0/16"] });
      assert.equal(await right(), "address-not-allowed");
      assert.equal(await bench.try({ user: name, password, address: "10.1.2.3" }), "granted");
    });

    it("takes two passwords while one is replaced", async () => {
      await add({ passwordHashes: [await hashes.first, await hashes.next] });
      assert.equal(await right(), "granted");
      assert.equal(await bench.try({ user: name, password: nextPassword }), "granted");
      await add({ passwordHashes: [await hashes.next] });
      assert.equal(await right(), "wrong-password");
    });

    it("gives the access of the record", async () => {
      for (const access of ["read-write", "read-only", "drop-box"] as const) {
        await add({ access });
        const event = { username: name, password, protocol: "FTP", serverId, sourceIp: address };
        const { Policy } = (await bench.handler(event)) as { Policy: string };
        assert.equal(Policy.includes("s3:PutObject"), access !== "read-only", access);
        assert.equal(Policy.includes("s3:GetObjectVersion"), access !== "drop-box", access);
      }
    });

    it("refuses a server without a record", async () => {
      await add();
      const other = "s-0000000000000000f";
      assert.equal(await bench.try({ user: name, password, serverId: other }), "unknown-server");
    });

    it("locks after five failures, here and not elsewhere, for the length of the window", async () => {
      await add();
      for (let n = 0; n < 5; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await wrong(), "locked");
      assert.equal(await right(), "locked");
      const elsewhere = { user: name, password, address: "100.64.0.11" };
      assert.equal(await bench.try(elsewhere), "granted");
      bench.now += 899;
      assert.equal(await right(), "locked");
      bench.now += 1;
      assert.equal(await right(), "granted");
    });

    it("locks a name of no user just the same", async () => {
      for (let n = 0; n < 5; n++) assert.equal(await wrong(), "unknown-user");
      assert.equal(await wrong(), "locked");
    });

    it("locks everywhere after the failures of a name from anywhere", async () => {
      await add();
      for (let n = 0; n < 12; n++) assert.equal(await wrong(`100.64.1.${n}`), "wrong-password");
      assert.equal(await right(), "locked");
      bench.now += 900;
      assert.equal(await right(), "granted");
    });

    it("counts failures of one window only, though the table still holds the old ones", async () => {
      await add();
      for (let n = 0; n < 4; n++) await wrong();
      bench.now += 900;
      for (let n = 0; n < 4; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await right(), "granted");
    });

    it("locks for a whole window from the last failure, also late in its own window", async () => {
      await add();
      await wrong();
      bench.now += 890;
      for (let n = 0; n < 4; n++) await wrong();
      bench.now += 100;
      assert.equal(await right(), "locked");
      bench.now += 799;
      assert.equal(await right(), "locked");
      bench.now += 1;
      assert.equal(await right(), "granted");
    });

    it("begins a new count after a lock", async () => {
      await add();
      for (let n = 0; n < 5; n++) await wrong();
      bench.now += 900;
      for (let n = 0; n < 4; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await right(), "granted");
    });

    it("clears failures at this address after a success", async () => {
      await add();
      for (let round = 0; round < 2; round++) {
        for (let n = 0; n < 4; n++) assert.equal(await wrong(), "wrong-password");
        assert.equal(await right(), "granted");
        assert.equal(await failuresIn(`failures#${name}#${address}`), "0");
      }
    });

    it("counts attempts made at the same time, and admits no more than the bound", async () => {
      await add();
      const admitted = await admitAtOnce(20);
      assert.equal(admitted.filter(({ checks }) => checks === "any").length, 5);
      assert.equal(await failuresIn(`failures#${name}#${address}`), "5");
      assert.equal(await failuresIn(`failures#${name}`), "5");
    });

    it("does the same when the old count is over", async () => {
      await add();
      for (let n = 0; n < 3; n++) await wrong();
      bench.now += 1000;
      const admitted = await admitAtOnce(20);
      assert.equal(admitted.filter(({ checks }) => checks === "any").length, 5);
      assert.equal(await failuresIn(`failures#${name}#${address}`), "5");
      assert.equal(await failuresIn(`failures#${name}`), "5");
    });

    it("keeps failures that were counted while a password was checked", async () => {
      await add();
      const attempt = { name, address, guess: "right" };
      const admission = await at.store.admit(attempt, bench.now);
      for (let n = 0; n < 4; n++) await wrong();
      await at.store.release(attempt, admission, true);
      assert.equal(await failuresIn(`failures#${name}#${address}`), "4");
      assert.equal(await failuresIn(`failures#${name}`), "4");
    });

    it("does not take an attempt out of a window that began after it", async () => {
      await add();
      const attempt = { name, address, guess: "right" };
      const admission = await at.store.admit(attempt, bench.now);
      bench.now += 900;
      await wrong();
      await at.store.release(attempt, admission, false);
      assert.equal(await failuresIn(`failures#${name}#${address}`), "1");
    });

    it("adds no more than an address's share to the failures of all addresses", async () => {
      await add();
      for (let round = 0; round < 5; round++) {
        for (let n = 0; n < 4; n++) assert.equal(await wrong(), "wrong-password");
        assert.equal(await right(), "granted");
      }
      assert.equal(await failuresIn(`failures#${name}`), "5");
      assert.equal(await bench.try({ user: name, password, address: "100.64.0.11" }), "granted");
    });

    it("accepts a password that was verified recently in spite of the lock, and no other", async () => {
      bench = new Bench(at.store, { rememberSeconds: 86_400 });
      await add({ passwordHashes: [await hashes.first, await hashes.next] });
      assert.equal(await right(), "granted");
      for (let n = 0; n < 5; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await bench.try({ user: name, password: nextPassword }), "locked");
      for (let n = 0; n < 20; n++) assert.equal(await right(), "granted");
      assert.equal(bench.lines.at(-1)?.Reason, "remembered");
    });

    it("with a lock compares no more different passwords than the bound of the name", async () => {
      bench = new Bench(at.store, { rememberSeconds: 86_400 });
      await add();
      assert.equal(await right(), "granted");
      for (let n = 0; n < 5; n++) await wrong();
      // An old password in a device is one password, however often it is sent.
      for (let n = 0; n < 30; n++) assert.equal(await wrong(), "locked");
      assert.equal(await right(), "granted");
      const others = Array.from({ length: 40 }, (_, n) => `wrong-${n}`);
      await Promise.all(others.map((other) => bench.try({ user: name, password: other })));
      const { guesses } = (await at.table.get(`failures#${name}#${address}`))!;
      assert.equal((guesses.SS as unknown as string[]).length, 12);
      assert.equal(await right(), "locked");
      assert.equal(await bench.try({ user: name, password, address: "100.64.0.11" }), "granted");
      bench.now += 900;
      assert.equal(await right(), "granted");
    });

    it("counts the names that fail from an address in a window", async () => {
      const from = `100.64.3.${number}`;
      for (let n = 1; n <= 3; n++) assert.equal(await at.store.countName(from, bench.now), n);
      bench.now += 900;
      const counted = await Promise.all([1, 2, 3].map(() => at.store.countName(from, bench.now)));
      assert.deepEqual(counted.sort(), [1, 2, 3]);
    });

    it("keeps the failures of a name that is not on record under a digest", async () => {
      const typed = `secret-${number}`;
      await bench.try({ user: typed, password: "wrong" });
      const { Items } = await at.table.call("Scan", { TableName: at.table.name });
      assert.ok(!JSON.stringify(Items).includes(typed));
      assert.equal(await failuresIn(`failures#${digests.name(typed)}#${address}`), "1");
    });

    it("leaves the removal of counts to the table, a window after the last failure", async () => {
      await add();
      await wrong();
      bench.now += 10;
      await wrong();
      for (const pk of [`failures#${name}`, `failures#${name}#${address}`]) {
        assert.equal((await at.table.get(pk))?.ttl.N, String(bench.now + 900));
      }
    });

    it("is unlocked immediately by an operator, for every address", async () => {
      await add();
      for (const from of [address, "100.64.0.11"]) for (let n = 0; n < 5; n++) await wrong(from);
      for (let n = 0; n < 5; n++) await wrong(`100.64.2.${n}`);
      assert.equal(await right(), "locked");
      bench.now += 1;
      await at.table.call("UpdateItem", {
        TableName: at.table.name,
        ...forgivenessUpdate(name, bench.now, bench.now + 900),
      });
      assert.equal(await right(), "granted");
      assert.equal(await bench.try({ user: name, password, address: "100.64.0.11" }), "granted");
      bench.now += 1;
      for (let n = 0; n < 4; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await right(), "granted");
      for (let n = 0; n < 5; n++) assert.equal(await wrong(), "wrong-password");
      assert.equal(await right(), "locked");
    });
  });
}

describe("Store: DynamoDB, hashes", () => {
  it("replaces a hash where it is, unless it has changed", async () => {
    const at = await dynamoDbFixture();
    try {
      const record = await user("cam-1", { passwordHashes: ["one", "two"] });
      await at.add(record);
      await at.store.replaceHash?.(record, "two", "three");
      const kept = async () => JSON.stringify((await at.table.get("user#cam-1"))?.passwordHashes);
      assert.equal(await kept(), '{"L":[{"S":"one"},{"S":"three"}]}');
      await at.store.replaceHash?.(record, "two", "four");
      assert.equal(await kept(), '{"L":[{"S":"one"},{"S":"three"}]}');
      await at.remove("cam-1");
      await at.store.replaceHash?.(record, "two", "four");
      assert.equal(await at.table.get("user#cam-1"), undefined);
    } finally {
      await at.close();
    }
  });
});

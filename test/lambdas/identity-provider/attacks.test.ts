import assert from "node:assert/strict";

import { Passwords } from "../../../lambdas/identity-provider/passwords";
import { scrypt, type Scrypt } from "../../../lambdas/identity-provider/password";
import { createHandler, type Handler } from "../../../lambdas/identity-provider/provider";
import { awsCall } from "../../../lambdas/identity-provider/stores/aws-json";
import { DynamoDbStore } from "../../../lambdas/identity-provider/stores/dynamodb";
import { serverItem, toItem } from "../../../lambdas/identity-provider/stores/user-record";
import {
  address,
  cheap,
  digests,
  directEvent,
  password,
  rules,
  serverId,
  user,
} from "./support/fixtures";
import { aws, dynamodb, openTable, type Table } from "./support/table";

const lockout = { addressFailures: 5, nameFailures: 100, windowSeconds: 900 };

/** Guesses from a gateway that many SIMs share, against the function over a table. */
describe("Attacks", function () {
  this.timeout(300_000);
  let table: Table;
  let handler: Handler;
  let requests: string[] = [];
  let lines: Record<string, unknown>[] = [];
  let hashed = 0;
  /** Milliseconds that a hash takes. */
  let hashTime = 0;
  let now = 1_800_000_000;

  before(async () => {
    table = await openTable();
    await table.put(serverItem(serverId));
    const call = awsCall(
      { ...dynamodb, endpoint: table.endpoint },
      // A thousand connections at the same moment do not fit in the queue of a listening socket.
      { ...aws, timeoutMs: 300_000, attempts: 10 },
    );
    const slow: Scrypt = async (...args) => {
      hashed++;
      await new Promise((resolve) => setTimeout(resolve, hashTime));
      return scrypt(...args);
    };
    const store = new DynamoDbStore(
      (operation, input) => {
        requests.push(operation);
        return call(operation, input);
      },
      table.name,
      lockout,
    );
    const passwords = new Passwords(cheap, slow);
    const clock = () => now * 1000;
    const dependencies = {
      store,
      passwords,
      digests,
      clock,
      rules: { ...rules, lockout, rememberSeconds: 604_800 },
    };
    handler = createHandler(
      () => dependencies,
      "test",
      (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    );
  });
  after(() => table.close());
  beforeEach(() => {
    now += 10_000;
    [requests, lines, hashed, hashTime] = [[], [], 0, 0];
  });

  const logIn = async (name: string, secret: string, from = address): Promise<boolean> =>
    "Role" in (await handler(directEvent({ user: name, password: secret, address: from })));
  const add = async (name: string) => table.put(toItem(await user(name)));

  for (const [count, addresses] of [
    [300, 1],
    [300, 3],
    [1000, 1],
    [1000, 3],
  ]) {
    it(`${count} wrong logins at the same time from ${addresses} addresses: 5 checked from each`, async () => {
      // That of a hash at the function's share of a processor.
      hashTime = 160;
      const name = `burst-${count}-${addresses}`;
      await add(name);
      const from = (n: number) => `100.64.1.${n % addresses}`;
      const guesses = Array.from({ length: count }, (_, n) => logIn(name, `wrong-${n}`, from(n)));
      assert.deepEqual(new Set(await Promise.all(guesses)), new Set([false]));
      // Two hashes for each password, whatever the record holds.
      assert.equal(hashed, 2 * lockout.addressFailures * addresses);
      assert.equal(await logIn(name, password, "100.64.1.0"), false);
      assert.equal(await logIn(name, password, "100.64.2.1"), true, "another address");
    });
  }

  it("five wrong logins for each of 200 names: the 200 devices behind the same gateway can log in", async () => {
    const names = Array.from({ length: 200 }, (_, n) => `walk-${n}`);
    for (const name of names) await add(name);
    const fleet = () => Promise.all(names.map((name) => logIn(name, password)));
    assert.equal((await fleet()).filter(Boolean).length, 200);
    [requests, lines] = [[], []];
    assert.equal((await fleet()).filter(Boolean).length, 200);
    assert.deepEqual(new Set(requests), new Set(["BatchGetItem"]));
    assert.equal(requests.length, 200, "one read a login");
    lines = [];
    for (let guess = 0; guess < 5; guess++) {
      await Promise.all(names.map((name) => logIn(name, `wrong-${guess}`)));
    }
    assert.equal(Math.max(...lines.map(({ FailingNames = 0 }) => Number(FailingNames))), 200);
    for (let round = 0; round < 3; round++) {
      assert.equal((await fleet()).filter(Boolean).length, 200);
      assert.equal(await logIn(names[round], "wrong-9"), false);
    }
  });

  it("a device with an old password does not lock out another device of the same user", async () => {
    const name = "shared-user";
    await add(name);
    let granted = 0;
    for (let minute = 0; minute < 120; minute++) {
      for (let retry = 0; retry < 6; retry++) {
        now += 10;
        await logIn(name, "the-old-password");
      }
      if (await logIn(name, password)) granted++;
    }
    // Its password was not verified before, so its first login waits for the end of the first lock.
    assert.ok(granted >= 105, `${granted} of 120`);
  });
});

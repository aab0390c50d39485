import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FaultPlan } from "../../../twin/faults/fault-plan";
import { faultKinds, parseFault, type FaultSetting } from "../../../twin/faults/fault-setting";
import { FaultyService } from "../../../twin/faults/faulty-service";
import { RawClient } from "../ftp/raw-client";
import type { Home } from "../../../twin/ftp/service";
import {
  eventually,
  startEndpoint,
  StoreHome,
  testService,
  type TestEndpoint,
} from "../ftp/support";

function setting(text: string): FaultSetting {
  const parsed = parseFault(text);
  assert.ok(parsed, text);
  return parsed;
}

describe("fault settings", () => {
  it("are a kind, a kind at a rate, or a kind at the n-th time", () => {
    assert.deepEqual(setting("drop-data"), { kind: "drop-data", seconds: 0.8, rate: 1 });
    assert.deepEqual(setting("drop-data:0.25"), { kind: "drop-data", seconds: 0.8, rate: 0.25 });
    assert.deepEqual(setting("slow-login=2.5@3"), {
      kind: "slow-login",
      seconds: 2.5,
      rate: 1,
      nth: 3,
    });
  });

  for (const wrong of [
    "",
    "drop",
    "drop-data:2",
    "drop-data@0",
    "drop-data=3",
    "toString",
    "drop-data:x",
    "server-stopped:0.5",
    "peering-deleted@2",
  ]) {
    it(`are not "${wrong}"`, () => assert.equal(parseFault(wrong), undefined));
  }

  it("happen at their rate, or at their one time", () => {
    const numbers = [0.1, 0.9, 0.3];
    const rate = new FaultPlan([setting("drop-data:0.4")], () => numbers.shift() ?? 1);
    const struck = (plan: FaultPlan): boolean => plan.next("drop-data") !== undefined;
    assert.deepEqual([struck(rate), struck(rate), struck(rate)], [true, false, true]);
    const second = new FaultPlan([setting("drop-data@2")]);
    assert.deepEqual([struck(second), struck(second), struck(second)], [false, true, false]);
    assert.equal(second.next("full-disk"), undefined);
  });
});

describe("a service with a fault that is a state", () => {
  /** No login gets as far as a home. */
  const noHome = {} as Home;

  for (const kind of ["server-stopped", "peering-deleted", "vpg-failed"]) {
    it(`admits no login with ${kind}, and reports the reason`, () => {
      const service = testService(noHome);
      const verdict = new FaultyService(service, new FaultPlan([setting(kind)])).admits(21);
      assert.equal(verdict.allowed, false);
      assert.match(verdict.allowed ? "" : verdict.reason, new RegExp(`^Fault ${kind}: `));
    });
  }

  it("admits whom the service admits without one", () => {
    const service = testService(noHome);
    const plan = new FaultPlan([setting("drop-data")]);
    assert.deepEqual(new FaultyService(service, plan).admits(21), service.admits(21));
    assert.deepEqual([plan.isActive("drop-data"), plan.isActive("vpg-failed")], [true, false]);
  });
});

describe("docs/twin.md", () => {
  it("has every fault", () => {
    const text = readFileSync("docs/twin.md", "utf8");
    for (const kind of Object.keys(faultKinds))
      assert.match(text, new RegExp(`^\\| \`${kind}\``, "m"));
  });
});

describe("an endpoint with a fault", () => {
  let endpoint: TestEndpoint;
  let client: RawClient;

  async function begin(fault: string): Promise<void> {
    const plan = new FaultPlan([setting(fault)]);
    const faults = (kind: Parameters<FaultPlan["next"]>[0]): boolean =>
      plan.next(kind) !== undefined;
    endpoint = await startEndpoint({ faults, timeouts: { dataMs: 50 } });
    client = await RawClient.connect(endpoint.port);
  }

  async function login(): Promise<void> {
    await client.send("USER camera01");
    assert.match(await client.send("PASS open sesame"), /^230/);
  }

  afterEach(async () => {
    client.close();
    await endpoint.stop();
  });

  it("drop-control resets the session at the n-th command, and serves the next", async () => {
    await begin("drop-control@3");
    await login();
    assert.equal(await client.send("NOOP"), "(closed)");
    client = await RawClient.connect(endpoint.port);
    await login();
  });

  it("drop-data cuts an upload and a download, and no more", async () => {
    await begin("drop-data@1");
    await login();
    assert.equal(await client.put("STOR a", "x".repeat(100_000)), "426 Data connection error.");
    assert.match(await client.put("STOR a", "whole"), /^226/);
    assert.equal((await client.get("RETR a")).bytes.toString(), "whole");
    client.close();
    await endpoint.stop();
    await begin("drop-data@2");
    await login();
    await client.put("STOR a", "whole");
    const got = await client.get("RETR a");
    assert.deepEqual([got.reply, got.bytes.length], ["426 Data connection error.", 0]);
  });

  it("silent-control answers nothing more, and the session ends with the client", async () => {
    await begin("silent-control@3");
    await login();
    client.write("NOOP\r\nNOOP\r\n");
    assert.equal(await client.replyWithin(50), undefined);
    assert.ok(!client.socket.destroyed);
    client.close();
    await eventually("the end of the session", () =>
      endpoint.events.some(({ kind }) => kind === "closed"),
    );
    client = await RawClient.connect(endpoint.port);
    await login();
  });

  it("silent-data moves no byte of an upload and a download, and answers 425 in the end", async () => {
    await begin("silent-data");
    await login();
    assert.equal(await client.put("STOR a", "x"), "425 Can't open data connection.");
    const got = await client.get("LIST");
    assert.deepEqual([got.reply, got.bytes.length], ["425 Can't open data connection.", 0]);
    assert.ok(!endpoint.events.some(({ kind }) => kind === "transfer"));
  });

  it("refuse-passive answers 425", async () => {
    await begin("refuse-passive@1");
    await login();
    assert.equal(await client.send("PASV"), "425 Can't open passive connection.");
    assert.match(await client.send("PASV"), /^227/);
  });

  it("full-disk fails an upload and keeps the old file; slow-login is late", async () => {
    const plan = new FaultPlan([setting("full-disk@2"), setting("slow-login=0.2")]);
    endpoint = await startEndpoint({
      service: {
        login: (attempt) =>
          new FaultyService(testService(new StoreHome(endpoint.store)), plan).login(attempt),
      },
    });
    client = await RawClient.connect(endpoint.port);
    const started = Date.now();
    await client.send("USER camera01");
    await client.send("PASS open sesame");
    assert.ok(Date.now() - started >= 195);
    assert.match(await client.put("STOR a", "old"), /^226/);
    assert.equal(await client.put("STOR a", "new"), "551 /a: Error on output file.");
    assert.equal((await client.get("RETR a")).bytes.toString(), "old");
  });
});

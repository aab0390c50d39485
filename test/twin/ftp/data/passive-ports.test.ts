import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { PassivePorts, type PassivePortsOptions } from "../../../../twin/ftp/data/passive-ports";
import type { Borrower } from "../../../../twin/ftp/data/passive-loan";
import { dial, needsSecondAddress, readAll } from "../raw-client";
import { freeRange } from "../../../support/free-ports";
import { SimulatedClock } from "../../../support/simulated-clock";
import { eventually } from "../support";

describe("PassivePorts", () => {
  let ports: PassivePorts;
  const held: Socket[] = [];
  const strangers: string[] = [];

  async function open(options: Partial<PassivePortsOptions> = {}): Promise<void> {
    ports = new PassivePorts({
      hosts: ["127.0.0.1"],
      range: await freeRange(2),
      isGenerous: true,
      waitMs: 5000,
      admits: () => ({ allowed: true }),
      onUnreachable: (_port, _reason, socket) => socket.destroy(),
      ...options,
    });
    await ports.listen();
  }

  function borrower(
    address = "127.0.0.1",
    gone = new AbortController().signal,
    source = address,
  ): Borrower {
    return {
      ...{ address, source },
      gone,
      onConnected: () => undefined,
      onStranger: (stranger) => strangers.push(stranger),
    };
  }

  async function lend(who = borrower()) {
    const loan = await ports.lend(who);
    assert.ok(loan);
    return loan;
  }

  afterEach(async () => {
    held.splice(0).forEach((socket) => socket.destroy());
    strangers.length = 0;
    await ports.close();
  });

  it("returns the connection to a request before it is made, and to one after", async () => {
    await open();
    for (const early of [true, false]) {
      const loan = await lend();
      const asked = early ? undefined : loan.connection();
      const client = await dial(loan.port);
      if (early) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const server = await (asked ?? loan.connection());
      assert.equal(server?.remotePort, client.localPort);
      held.push(client, server as Socket);
    }
  });

  it("generous: frees the port when the connection is accepted, not when it ends", async () => {
    await open({ range: await freeRange(1) });
    const first = await lend();
    held.push(await dial(first.port), (await first.connection()) as Socket);
    const second = await lend();
    assert.equal(second.port, first.port);
    held.push(await dial(second.port));
    const socket = await second.connection();
    assert.ok(socket);
    held.push(socket);
  });

  it("generous: makes the next one wait when all are lent, and serves it when one is free", async () => {
    await open();
    const loans = [await lend(), await lend()];
    let third: number | undefined;
    void ports.lend(borrower()).then((loan) => (third = loan?.port));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(third, undefined);
    loans[1].cancel();
    await eventually("the third loan", () => third !== undefined);
    assert.equal(third, loans[1].port);
  });

  describe("by default", () => {
    const expired = new AbortController();

    it("keeps a port for its source address until the transfer ends", async () => {
      await open({ isGenerous: false });
      const loans = [await lend(), await lend()];
      for (const loan of loans) {
        held.push(await dial(loan.port), (await loan.connection()) as Socket);
      }
      assert.equal(await ports.lend(borrower()), undefined);
      loans[0].cancel();
      assert.equal((await lend()).port, loans[0].port);
    });

    it("gives each source address all ports, and matches every connection with its session", async () => {
      await open({ isGenerous: false });
      const sources = ["100.64.0.10", "100.64.0.11", "100.64.0.12"];
      const lendTo = (source: string) =>
        ports.lend(borrower("127.0.0.1", new AbortController().signal, source));
      for (const source of [...sources, ...sources]) {
        const loan = await lendTo(source);
        assert.ok(loan);
        const client = await dial(loan.port);
        const server = (await loan.connection()) as Socket;
        assert.equal(server.remotePort, client.localPort);
        held.push(client, server);
      }
      for (const source of sources) assert.equal(await lendTo(source), undefined);
    });

    it("expects one connection of a client at a port: the next source address waits for it", async () => {
      await open({ isGenerous: false, range: await freeRange(1) });
      const first = await lend(borrower("127.0.0.1", undefined, "100.64.0.10"));
      let second: number | undefined;
      void ports
        .lend(borrower("127.0.0.1", undefined, "100.64.0.11"))
        .then((loan) => (second = loan?.port));
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(second, undefined);
      held.push(await dial(first.port), (await first.connection()) as Socket);
      await eventually("the port of the second address", () => second === first.port);
    });

    it("counts the time from the data command, and keeps the port when the client leaves meanwhile", async () => {
      const clock = new SimulatedClock();
      await open({ isGenerous: false, range: await freeRange(1), waitMs: 1000, clock });
      const loan = await lend(borrower("127.0.0.1", expired.signal));
      clock.advance(5000);
      assert.equal(await ports.lend(borrower()), undefined);
      const connection = loan.connection();
      expired.abort();
      clock.advance(999);
      assert.equal(await ports.lend(borrower()), undefined);
      clock.advance(1);
      assert.equal(await connection, undefined);
      assert.equal((await lend()).port, loan.port);
    });
  });

  it("lends nothing when all are lent", async () => {
    await open({ isGenerous: false });
    const loan = await lend();
    await lend();
    assert.equal(await ports.lend(borrower()), undefined);
    loan.cancel();
    assert.equal((await lend()).port, loan.port);
  });

  it("takes a port back that had no connection", async () => {
    await open({ range: await freeRange(1), waitMs: 40 });
    const loan = await lend();
    assert.equal(await loan.connection(), undefined);
    assert.equal((await lend()).port, loan.port);
  });

  it("takes a port back from a client that is gone, and its place in the queue", async () => {
    await open({ range: await freeRange(1) });
    const holder = new AbortController();
    const queued = new AbortController();
    const loan = await lend(borrower("127.0.0.1", holder.signal));
    const second = ports.lend(borrower("127.0.0.1", queued.signal));
    const third = ports.lend(borrower());
    queued.abort();
    assert.equal(await second, undefined);
    holder.abort();
    assert.equal((await third)?.port, loan.port);
    assert.equal(await loan.connection(), undefined);
  });

  it("lends nothing to a client that is gone already", async () => {
    await open({ range: await freeRange(1), isGenerous: false });
    assert.equal(await ports.lend(borrower("127.0.0.1", AbortSignal.abort())), undefined);
    await lend();
  });

  it("resets a connection to a port that is not lent", async () => {
    await open();
    const loan = await lend();
    loan.cancel();
    const client = await dial(loan.port);
    const [error] = client.errored ? [client.errored] : await once(client, "error");
    assert.equal(error.code, "ECONNRESET");
  });

  it("refuses another address and keeps the port for who it was lent to", async function () {
    needsSecondAddress(this);
    await open();
    const loan = await lend();
    const stranger = await dial(loan.port, "127.0.0.2");
    assert.equal((await readAll(stranger)).length, 0);
    assert.deepEqual(strangers, ["127.0.0.2"]);
    const client = await dial(loan.port);
    const server = await loan.connection();
    assert.equal(server?.remotePort, client.localPort);
    held.push(client, server as Socket);
  });

  it("checks with the port whether the network admits the connection", async () => {
    const unreachable: string[] = [];
    await open({
      admits: (port) => ({ allowed: false, reason: `closed ${port}` }),
      onUnreachable: (port, reason, socket) => {
        unreachable.push(`${port} ${reason}`);
        socket.destroy();
      },
    });
    const loan = await lend();
    await readAll(await dial(loan.port));
    assert.deepEqual(unreachable, [`${loan.port} closed ${loan.port}`]);
  });

  it("drops a connection that was not taken when the loan is cancelled", async () => {
    await open();
    const loan = await lend();
    const client = await dial(loan.port);
    const ended = readAll(client);
    await new Promise((resolve) => setTimeout(resolve, 20));
    loan.cancel();
    assert.equal((await ended).length, 0);
  });
});

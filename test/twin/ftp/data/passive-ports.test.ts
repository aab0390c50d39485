import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { PassivePorts, type PassivePortsOptions } from "../../../../twin/ftp/data/passive-ports";
import type { Borrower } from "../../../../twin/ftp/data/passive-loan";
import { dial, needsSecondAddress, readAll } from "../raw-client";
import { freeRange } from "../../../support/free-ports";
import { eventually } from "../support";

describe("PassivePorts", () => {
  let ports: PassivePorts;
  const held: Socket[] = [];
  const strangers: string[] = [];

  async function open(options: Partial<PassivePortsOptions> = {}): Promise<void> {
    ports = new PassivePorts({
      hosts: ["127.0.0.1"],
      range: await freeRange(2),
      strict: false,
      loanMs: 5000,
      admits: () => ({ allowed: true }),
      onUnreachable: () => undefined,
      ...options,
    });
    await ports.listen();
  }

  function borrower(address = "127.0.0.1", gone = new AbortController().signal): Borrower {
    return {
      address,
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

  it("gives the connection to who asks before it comes, and to who asks after", async () => {
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

  it("frees the port when the connection is accepted, not when it ends", async () => {
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

  it("makes the next one wait when all are lent, and serves it when one is free", async () => {
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

  it("strict: lends nothing when all are lent", async () => {
    await open({ strict: true });
    const loan = await lend();
    await lend();
    assert.equal(await ports.lend(borrower()), undefined);
    loan.cancel();
    assert.equal((await lend()).port, loan.port);
  });

  it("takes a port back that had no connection", async () => {
    await open({ range: await freeRange(1), loanMs: 40 });
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

  it("strict: keeps no port lent to who is gone already", async () => {
    await open({ range: await freeRange(1), strict: true });
    const loan = await lend(borrower("127.0.0.1", AbortSignal.abort()));
    assert.equal((await lend()).port, loan.port);
    assert.equal(await loan.connection(), undefined);
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

  it("asks whether the network lets the connection through, with the port", async () => {
    const unreachable: string[] = [];
    await open({
      admits: (port) => ({ allowed: false, reason: `closed ${port}` }),
      onUnreachable: (port, reason) => unreachable.push(`${port} ${reason}`),
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

import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { PassivePorts, type PassivePortsOptions } from "../../../../twin/ftp/data/passive-ports";
import type { LeaseHolder } from "../../../../twin/ftp/data/port-lease";
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

  function leaseHolder(
    address = "127.0.0.1",
    gone = new AbortController().signal,
    source = address,
  ): LeaseHolder {
    return {
      ...{ address, source },
      gone,
      onConnected: () => undefined,
      onStranger: (stranger) => strangers.push(stranger),
    };
  }

  async function leasePort(who = leaseHolder()) {
    const lease = await ports.lease(who);
    assert.ok(lease);
    return lease;
  }

  afterEach(async () => {
    held.splice(0).forEach((socket) => socket.destroy());
    strangers.length = 0;
    await ports.close();
  });

  it("returns the connection to a request before it is made, and to one after", async () => {
    await open();
    for (const early of [true, false]) {
      const lease = await leasePort();
      const asked = early ? undefined : lease.connection();
      const client = await dial(lease.port);
      if (early) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const server = await (asked ?? lease.connection());
      assert.equal(server?.remotePort, client.localPort);
      held.push(client, server as Socket);
    }
  });

  it("generous: frees the port when the connection is accepted, not when it ends", async () => {
    await open({ range: await freeRange(1) });
    const first = await leasePort();
    held.push(await dial(first.port), (await first.connection()) as Socket);
    const second = await leasePort();
    assert.equal(second.port, first.port);
    held.push(await dial(second.port));
    const socket = await second.connection();
    assert.ok(socket);
    held.push(socket);
  });

  it("generous: makes the next one wait when all are lent, and serves it when one is free", async () => {
    await open();
    const leases = [await leasePort(), await leasePort()];
    let third: number | undefined;
    void ports.lease(leaseHolder()).then((lease) => (third = lease?.port));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(third, undefined);
    leases[1].cancel();
    await eventually("the third lease", () => third !== undefined);
    assert.equal(third, leases[1].port);
  });

  describe("by default", () => {
    const expired = new AbortController();

    it("keeps a port for its source address until the transfer ends", async () => {
      await open({ isGenerous: false });
      const leases = [await leasePort(), await leasePort()];
      for (const lease of leases) {
        held.push(await dial(lease.port), (await lease.connection()) as Socket);
      }
      assert.equal(await ports.lease(leaseHolder()), undefined);
      leases[0].cancel();
      assert.equal((await leasePort()).port, leases[0].port);
    });

    it("gives each source address all ports, and matches every connection with its session", async () => {
      await open({ isGenerous: false });
      const sources = ["100.64.0.10", "100.64.0.11", "100.64.0.12"];
      const leaseFor = (source: string) =>
        ports.lease(leaseHolder("127.0.0.1", new AbortController().signal, source));
      for (const source of [...sources, ...sources]) {
        const lease = await leaseFor(source);
        assert.ok(lease);
        const client = await dial(lease.port);
        const server = (await lease.connection()) as Socket;
        assert.equal(server.remotePort, client.localPort);
        held.push(client, server);
      }
      for (const source of sources) assert.equal(await leaseFor(source), undefined);
    });

    it("expects one connection of a client at a port: the next source address waits for it", async () => {
      await open({ isGenerous: false, range: await freeRange(1) });
      const first = await leasePort(leaseHolder("127.0.0.1", undefined, "100.64.0.10"));
      let second: number | undefined;
      void ports
        .lease(leaseHolder("127.0.0.1", undefined, "100.64.0.11"))
        .then((lease) => (second = lease?.port));
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(second, undefined);
      held.push(await dial(first.port), (await first.connection()) as Socket);
      await eventually("the port of the second address", () => second === first.port);
    });

    it("counts the time from the data command, and keeps the port when the client leaves meanwhile", async () => {
      const clock = new SimulatedClock();
      await open({ isGenerous: false, range: await freeRange(1), waitMs: 1000, clock });
      const lease = await leasePort(leaseHolder("127.0.0.1", expired.signal));
      clock.advance(5000);
      assert.equal(await ports.lease(leaseHolder()), undefined);
      const connection = lease.connection();
      expired.abort();
      clock.advance(999);
      assert.equal(await ports.lease(leaseHolder()), undefined);
      clock.advance(1);
      assert.equal(await connection, undefined);
      assert.equal((await leasePort()).port, lease.port);
    });
  });

  it("lends nothing when all are lent", async () => {
    await open({ isGenerous: false });
    const lease = await leasePort();
    await leasePort();
    assert.equal(await ports.lease(leaseHolder()), undefined);
    lease.cancel();
    assert.equal((await leasePort()).port, lease.port);
  });

  it("takes a port back that had no connection", async () => {
    await open({ range: await freeRange(1), waitMs: 40 });
    const lease = await leasePort();
    assert.equal(await lease.connection(), undefined);
    assert.equal((await leasePort()).port, lease.port);
  });

  it("takes a port back from a client that is gone, and its place in the queue", async () => {
    await open({ range: await freeRange(1) });
    const holder = new AbortController();
    const queued = new AbortController();
    const lease = await leasePort(leaseHolder("127.0.0.1", holder.signal));
    const second = ports.lease(leaseHolder("127.0.0.1", queued.signal));
    const third = ports.lease(leaseHolder());
    queued.abort();
    assert.equal(await second, undefined);
    holder.abort();
    assert.equal((await third)?.port, lease.port);
    assert.equal(await lease.connection(), undefined);
  });

  it("lends nothing to a client that is gone already", async () => {
    await open({ range: await freeRange(1), isGenerous: false });
    assert.equal(await ports.lease(leaseHolder("127.0.0.1", AbortSignal.abort())), undefined);
    await leasePort();
  });

  it("resets a connection to a port that is not lent", async () => {
    await open();
    const lease = await leasePort();
    lease.cancel();
    const client = await dial(lease.port);
    const [error] = client.errored ? [client.errored] : await once(client, "error");
    assert.equal(error.code, "ECONNRESET");
  });

  it("refuses another address and keeps the port for who it was lent to", async function () {
    needsSecondAddress(this);
    await open();
    const lease = await leasePort();
    const stranger = await dial(lease.port, "127.0.0.2");
    assert.equal((await readAll(stranger)).length, 0);
    assert.deepEqual(strangers, ["127.0.0.2"]);
    const client = await dial(lease.port);
    const server = await lease.connection();
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
    const lease = await leasePort();
    await readAll(await dial(lease.port));
    assert.deepEqual(unreachable, [`${lease.port} closed ${lease.port}`]);
  });

  it("drops a connection that was not taken when the lease is cancelled", async () => {
    await open();
    const lease = await leasePort();
    const client = await dial(lease.port);
    const ended = readAll(client);
    await new Promise((resolve) => setTimeout(resolve, 20));
    lease.cancel();
    assert.equal((await ended).length, 0);
  });
});

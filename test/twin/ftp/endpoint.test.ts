import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { FtpEndpoint } from "../../../twin/ftp/endpoint";
import type { Refusal } from "../../../twin/ftp/unreachable";
import { RawClient, readAll, dial } from "./raw-client";
import { freeRange } from "../../support/free-ports";
import { startEndpoint, StoreHome, testService, type TestEndpoint } from "./support";

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

describe("FtpEndpoint", () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint();
  });

  afterEach(() => endpoint.stop());

  function another(port: number, passivePorts: [number, number], host?: string): FtpEndpoint {
    const service = testService(new StoreHome(endpoint.store));
    return new FtpEndpoint({ service, observer: () => undefined, port, passivePorts, host });
  }

  it("returns where it listens", async () => {
    const other = another(0, await freeRange(9));
    const { host, port } = await other.listen();
    assert.equal(host, "127.0.0.1");
    await RawClient.connect(port).then((client) => client.close());
    await other.close();
  });

  it("names the control port that is in use and frees the passive ones", async () => {
    const range = await freeRange(9);
    await assert.rejects(another(endpoint.port, range).listen(), {
      message: `Port ${endpoint.port} on 127.0.0.1 is in use: stop the program that listens there, or choose another port.`,
    });
    const freed = await occupy(range[0]);
    freed.close();
  });

  it("names the passive port that is in use and frees the others", async () => {
    const range = await freeRange(3);
    const taken = await occupy(range[1]);
    await assert.rejects(another(0, range).listen(), new RegExp(`Port ${range[1]} .* in use`));
    taken.close();
    const freed = await occupy(range[0]);
    freed.close();
  });

  it("names an address that this machine has not", async () => {
    await assert.rejects(
      another(0, await freeRange(1), "192.0.2.1").listen(),
      /192\.0\.2\.1 is not/,
    );
  });

  it("close ends sessions, idle or waiting, and frees every port", async () => {
    const idle = await RawClient.login(endpoint.port);
    const waiting = await RawClient.login(endpoint.port);
    await waiting.send("PASV");
    waiting.write("STOR x\r\n");
    await waiting.reply();
    await endpoint.endpoint.close();
    assert.equal(await idle.reply(), "(closed)");
    assert.match(await waiting.reply(), /^425|\(closed\)/);
    const [from, to] = endpoint.passivePorts;
    for (const port of [endpoint.port, from, to]) {
      (await occupy(port)).close();
    }
  });

  /** An endpoint that no client may reach. */
  async function unreachable(refusal?: Refusal) {
    const events: unknown[] = [];
    const service = testService(new StoreHome(endpoint.store));
    const closed = new FtpEndpoint({
      service: { ...service, admits: () => ({ allowed: false, reason: "no route" }) },
      observer: (event) => events.push(event),
      port: 0,
      passivePorts: await freeRange(1),
      refusal,
    });
    const { port } = await closed.listen();
    return { closed, port, events };
  }

  it("answers nothing to a connection that the network does not admit, and reports why", async () => {
    const { closed, port, events } = await unreachable();
    const client = await RawClient.connect(port, "127.0.0.1", false);
    client.write("USER x\r\n");
    assert.equal(await client.replyWithin(50), undefined);
    assert.deepEqual(events, [{ kind: "unreachable", port, reason: "no route" }]);
    assert.ok(!client.socket.destroyed);
    await closed.close();
    assert.equal(await client.reply(), "(closed)");
  });

  it("resets such a connection if it is to", async () => {
    const { closed, port, events } = await unreachable("reset");
    assert.equal((await readAll(await dial(port))).length, 0);
    assert.deepEqual(events, [{ kind: "unreachable", port, reason: "no route" }]);
    await closed.close();
  });
});

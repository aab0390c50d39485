import assert from "node:assert/strict";
import { dial, needsSecondAddress, RawClient } from "./raw-client";
import { testPassword, startEndpoint, testUser, type TestEndpoint } from "./support";

describe("devices with addresses of their own", () => {
  let endpoint: TestEndpoint;

  beforeEach(function () {
    needsSecondAddress(this as Mocha.Context);
  });
  afterEach(() => endpoint?.stop());

  async function login(address: string): Promise<RawClient> {
    const client = await RawClient.connect(endpoint.port, address);
    await client.send(`USER ${testUser}`);
    assert.match(await client.send(`PASS ${testPassword}`), /^230/);
    return client;
  }

  it("share one passive port at the same time, each with its own file", async () => {
    endpoint = await startEndpoint({ ports: 1 });
    const addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
    const clients = await Promise.all(addresses.map(login));
    const ports = await Promise.all(clients.map((client) => client.pasv()));
    assert.equal(new Set(ports).size, 1);
    // The second of one address finds the port taken.
    const second = await login("127.0.0.2");
    assert.equal(await second.send("PASV"), "425 Can't open passive connection.");
    const sockets = await Promise.all(addresses.map((address) => dial(ports[0], address)));
    for (const [index, client] of clients.entries()) {
      assert.match(await client.send(`STOR ${index}`), /^150/);
      sockets[index].end(addresses[index]);
      assert.match(await client.reply(), /^226/);
    }
    for (const [index, address] of addresses.entries()) {
      assert.equal((await clients[0].get(`RETR ${index}`)).bytes.toString(), address);
    }
    [...clients, second].forEach((client) => client.close());
  });

  it("that ignore PASV's address are seen to, when it announces another", async () => {
    endpoint = await startEndpoint({ passiveAddress: "127.0.0.2" });
    const client = await login("127.0.0.1");
    assert.match(await client.send("PASV"), /\(127,0,0,2,/);
    const obedient = await dialTo("127.0.0.2", await client.pasv());
    obedient.destroy();
    const ignoring = await dialTo("127.0.0.1", await client.pasv());
    ignoring.destroy();
    const to = endpoint.events.flatMap((event) => (event.kind === "data" ? [event.to] : []));
    assert.deepEqual(to, ["127.0.0.2", "127.0.0.1"]);
    client.close();
  });
});

async function dialTo(host: string, port: number) {
  const { connect } = await import("node:net");
  const socket = connect({ host, port, localAddress: "127.0.0.1" });
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("connect", resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  return socket;
}

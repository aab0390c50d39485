import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

import { ReplyReader } from "../../lib/reply-reader";

describe("lib/reply-reader", () => {
  let server: Server;
  let client: Socket;
  let remote: Socket;
  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const connected = once(server, "connection") as Promise<[Socket]>;
    client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    [remote] = await connected;
  });
  afterEach(() => {
    client.destroy();
    remote.destroy();
    server.close();
  });

  it("reads replies, of several lines, too", async () => {
    const reader = new ReplyReader(client);
    remote.write("220 Ready.\r\n211-Features\r\n SIZE\r\n211 End\r\n");
    assert.equal(await reader.next(10_000), "220 Ready.");
    assert.equal(await reader.next(10_000), "211-Features\n SIZE\n211 End");
  });

  it("shows a missing reply as a line", async () => {
    assert.equal(await new ReplyReader(client).next(1), "(no reply)");
  });

  it("shows the end of the connection as a line", async () => {
    const reader = new ReplyReader(client);
    remote.end();
    assert.equal(await reader.next(10_000), "(closed)");
  });
});

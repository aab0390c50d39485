import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { receive, type Receipt } from "../../../../twin/ftp/data/receive";
import type { Upload } from "../../../../twin/ftp/service";

describe("receive", () => {
  let server: Server;
  let client: Socket;

  beforeEach(async () => {
    // As passive ports are opened.
    server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  /** What is taken of what the client does once it is connected, and looked at when it has done so. */
  async function taken(act: (client: Socket) => Promise<unknown>): Promise<Receipt> {
    const accepted = once(server, "connection") as Promise<[Socket]>;
    client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    client.on("error", () => undefined);
    const [socket] = await accepted;
    socket.on("error", () => undefined);
    await act(client);
    const upload: Upload = {
      write: async () => undefined,
      commit: () => Promise.reject(new Error("not asked for")),
      keepPartial: async () => undefined,
    };
    return receive(socket, upload, 5000);
  }
  const written = (socket: Socket, bytes: number) =>
    new Promise((resolve) => socket.write(Buffer.alloc(bytes), resolve));

  for (const bytes of [0, 1, 200_000]) {
    it(`of ${bytes} bytes and FIN is complete`, async () => {
      const receipt = await taken(async (socket) => {
        if (bytes > 0) await written(socket, bytes);
        socket.end();
      });
      assert.deepEqual(receipt, { end: "complete", bytes });
    });

    it(`of ${bytes} bytes and a reset right behind them is cut`, async () => {
      const receipt = await taken(async (socket) => {
        if (bytes > 0) await written(socket, bytes);
        socket.resetAndDestroy();
        await once(socket, "close");
      });
      assert.equal(receipt.end, "cut");
    });
  }
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { receive, type ReceiveResult } from "../../../../twin/ftp/data/receive";
import type { Upload } from "../../../../twin/ftp/service";
import { SimulatedClock } from "../../../support/simulated-clock";

/** Lets go on what waits for a promise. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

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

  /** A connection of the client, as the server has it. */
  async function connected(): Promise<Socket> {
    const accepted = once(server, "connection") as Promise<[Socket]>;
    client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    client.on("error", () => undefined);
    const [socket] = await accepted;
    return socket.on("error", () => undefined);
  }

  const uploadBy = (write: Upload["write"]): Upload => ({
    write,
    commit: () => Promise.reject(new Error("not asked for")),
    keepPartial: async () => undefined,
  });

  /** What is taken of what the client does once it is connected, and checked when it has done so. */
  async function taken(act: (client: Socket) => Promise<unknown>): Promise<ReceiveResult> {
    const socket = await connected();
    await act(client);
    const upload = uploadBy(async () => undefined);
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

  it("restarts the client's time limit after a slow write", async () => {
    const socket = await connected();
    const clock = new SimulatedClock();
    let isWritten = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      const upload = uploadBy(() => {
        resolve();
        return new Promise((done) => (isWritten = done));
      });
      void receive(socket, upload, 5000, clock).then((receipt) => receipts.push(receipt));
    });
    const receipts: ReceiveResult[] = [];
    client.write("x");
    await begun;
    clock.advance(4999);
    isWritten();
    await turn();
    clock.advance(4999);
    await turn();
    assert.deepEqual(receipts, []);
    clock.advance(1);
    await turn();
    assert.deepEqual(receipts, [{ end: "stalled", bytes: 1 }]);
  });
});

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { readIntoOwnBuffer } from "../../../../twin/ftp/data/own-buffer";

describe("readIntoOwnBuffer", () => {
  let server: Server;
  let client: Socket;
  let accepted: Socket;

  beforeEach(async () => {
    // As passive ports are opened.
    server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const connection = once(server, "connection") as Promise<[Socket]>;
    client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    [accepted] = await connection;
  });
  afterEach(async () => {
    client.destroy();
    accepted.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** What is read until the client ends, in chunks that are copied when they come. */
  async function read(sent: Buffer): Promise<{ chunks: Buffer[]; memories: Set<ArrayBufferLike> }> {
    const chunks: Buffer[] = [];
    const memories = new Set<ArrayBufferLike>();
    const socket = readIntoOwnBuffer(accepted, (chunk) => {
      memories.add(chunk.buffer);
      chunks.push(Buffer.from(chunk));
      return true;
    });
    socket.resume();
    client.end(sent);
    await once(socket, "end");
    return { chunks, memories };
  }

  it("gives every byte in order, from memory that is used again", async () => {
    const sent = randomBytes(20_000_000);
    const { chunks, memories } = await read(sent);
    assert.ok(Buffer.concat(chunks).equals(sent));
    // 64 KiB, and its doubles up to a MiB. More would be Node's own: its way in has moved, and uploads are slow.
    assert.ok(memories.size <= 5, `${memories.size} buffers for ${chunks.length} chunks`);
    assert.ok(Math.max(...chunks.map(({ length }) => length)) <= 1024 * 1024);
  });

  it("ends without a chunk where nothing is sent", async () => {
    assert.deepEqual((await read(Buffer.alloc(0))).chunks, []);
  });

  it("stops when told, and goes on", async () => {
    let stopped = 0;
    let bytes = 0;
    const socket: Socket = readIntoOwnBuffer(accepted, (chunk) => {
      assert.equal(stopped % 2, 0, "a chunk came while the reading was stopped");
      bytes += chunk.length;
      stopped++;
      setTimeout(() => {
        stopped++;
        socket.resume();
      }, 2);
      return false;
    });
    socket.resume();
    client.end(randomBytes(3_000_000));
    await once(socket, "end");
    assert.equal(bytes, 3_000_000);
  });

  it("goes when the accepted connection does, and the client learns it", async () => {
    const socket = readIntoOwnBuffer(accepted, () => true);
    socket.resume();
    const gone = once(client.resume(), "close");
    accepted.destroy();
    await gone;
    assert.ok(socket.destroyed);
  });

  it("leaves a connection alone that somebody else listens to", async () => {
    let heard = 0;
    accepted.on("data", (chunk: Buffer) => (heard += chunk.length));
    let taken = 0;
    const socket = readIntoOwnBuffer(accepted, (chunk) => {
      taken += chunk.length;
      return true;
    });
    assert.equal(socket, accepted);
    socket.resume();
    client.end(randomBytes(100_000));
    await once(socket, "end");
    assert.deepEqual([heard, taken], [100_000, 100_000]);
  });
});

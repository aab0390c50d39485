import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { send } from "../../../twin/ftp/send";

/** A connection whose client takes nothing, as far as the program can see. */
function stuck(): Socket {
  return new Duplex({ read: () => undefined, write: () => undefined }) as unknown as Socket;
}

async function* blocks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    yield Buffer.from(text);
  }
}

describe("send", () => {
  it("is not complete when the client goes away before the last bytes are taken", async () => {
    const socket = stuck();
    const sending = send(socket, blocks("few"), 5000);
    setTimeout(() => socket.destroy(), 10);
    assert.deepEqual(await sending, { end: "cut", bytes: 3 });
  });

  it("stops reading the source when the client is gone", async () => {
    const socket = stuck();
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        read++;
        yield Buffer.alloc(1024 * 1024);
      }
    }
    const sending = send(socket, endless(), 5000);
    setTimeout(() => socket.destroy(), 10);
    assert.deepEqual(await sending, { end: "cut", bytes: 0 });
    assert.equal(read, 1);
  });
});

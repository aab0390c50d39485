import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { send } from "../../../../twin/ftp/data/send";
import { SimulatedClock } from "../../../support/simulated-clock";

/** Lets go on what waits for a promise. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

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
  it("is not complete when the client disconnects before it reads the last bytes", async () => {
    const socket = stuck();
    const sending = send(socket, blocks("few"), 5000);
    setTimeout(() => socket.destroy(), 10);
    assert.deepEqual(await sending, { end: "cut", bytes: 0 });
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

  it("requests a block only when the last is sent, because its buffer is reused", async () => {
    const took: (() => void)[] = [];
    const socket = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => void took.push(done),
      writableHighWaterMark: 1024 * 1024,
    }) as unknown as Socket;
    let asked = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for (const text of ["a", "b", "c"]) {
        asked++;
        yield Buffer.from(text);
      }
    }
    const sending = send(socket, counted(), 5000);
    const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
    for (const most of [1, 2, 3]) {
      await soon();
      assert.equal(asked, most);
      took.shift()?.();
    }
    assert.deepEqual(await sending, { end: "complete", bytes: 3 });
  });

  it("ends the connection of a source that fails, with nothing left to send", async () => {
    const socket = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => done(),
    }) as unknown as Socket;
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from("whole");
      throw new Error("the disk is gone");
    }
    const { end, bytes } = await send(socket, failing(), 5000);
    assert.deepEqual([end, bytes, socket.destroyed], ["fault", 5, true]);
  });

  it("counts no time in which the source is waited for, and all of it in which the client is", async () => {
    const clock = new SimulatedClock();
    let take = (): void => undefined;
    const socket = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => void (take = done),
    }) as unknown as Socket;
    let give = (): void => undefined;
    async function* slow(): AsyncGenerator<Buffer> {
      for (const text of ["a", "b"]) {
        await new Promise<void>((resolve) => (give = resolve));
        yield Buffer.from(text);
      }
    }
    const sending = send(socket, slow(), 5000, clock);
    for (const act of [() => give(), () => take()]) {
      clock.advance(4999);
      act();
      await turn();
    }
    clock.advance(20_000);
    assert.equal(socket.destroyed, false);
    give();
    await turn();
    clock.advance(4999);
    assert.equal(socket.destroyed, false);
    clock.advance(1);
    assert.deepEqual(await sending, { end: "stalled", bytes: 1 });
  });
});

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";

import { FtpReplies } from "../../lib/ftp-replies";

/** Replies that are read from what the test writes. */
function reading() {
  const stream = new PassThrough();
  return { stream, replies: new FtpReplies(stream as unknown as Socket) };
}

const soon = () => performance.now() + 5000;

describe("replies of a control connection", () => {
  it("are returned in order, for any split into chunks", async () => {
    const { stream, replies } = reading();
    const first = replies.next(soon());
    for (const piece of ["2", "20 rea", "dy\r", "\n331 pass", "word\r\n230 in\r\n"]) {
      stream.write(piece);
      await new Promise(setImmediate);
    }
    assert.equal(await first, "220 ready");
    assert.equal(await replies.next(soon()), "331 password");
    assert.equal(await replies.next(soon()), "230 in");
  });

  it("of several lines are one, to the line that begins with the code and a space", async () => {
    const { stream, replies } = reading();
    stream.write("220-Welcome\r\n 220 is not the end\r\n221 neither\r\n220 ready\r\n331 next\r\n");
    assert.equal(
      await replies.next(soon()),
      "220-Welcome\n 220 is not the end\n221 neither\n220 ready",
    );
    assert.equal(await replies.next(soon()), "331 next");
  });

  it("before the end are read, and then the reason of the end", async () => {
    const { stream, replies } = reading();
    stream.write("421 going\r\n");
    stream.end();
    await new Promise((resolve) => stream.once("close", resolve));
    assert.equal(await replies.next(soon()), "421 going");
    await assert.rejects(replies.next(soon()), {
      message: "the server closed the connection",
      isLate: false,
    });
  });

  it("are waited for until the deadline only, and until the connection breaks", async () => {
    const { stream, replies } = reading();
    await assert.rejects(replies.next(performance.now() + 20), {
      message: "no reply in time",
      isLate: true,
    });
    const waiting = replies.next(soon());
    stream.destroy(Object.assign(new Error("x"), { code: "ECONNRESET" }));
    await assert.rejects(waiting, { name: "NoReply", message: "ECONNRESET" });
  });
});

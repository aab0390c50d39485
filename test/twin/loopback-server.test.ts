import assert from "node:assert/strict";

import { LoopbackServer } from "../../twin/loopback-server";

describe("twin/loopback-server", () => {
  it("answers on loopback until it is closed, also with a request in progress", async () => {
    let arrived!: () => void;
    const hanging = new Promise<void>((resolve) => (arrived = resolve));
    const server = new LoopbackServer(async (request, response) => {
      if (request.url === "/fails") throw new Error("the reason");
      if (request.url === "/hangs") arrived();
      else response.end("answer");
    });
    const url = await server.listen();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await (await fetch(url)).text(), "answer");
    const failed = await fetch(`${url}/fails`);
    assert.deepEqual([failed.status, await failed.json()], [500, { message: "the reason" }]);
    const unanswered = assert.rejects(fetch(`${url}/hangs`));
    await hanging;
    await server.close();
    await unanswered;
    await assert.rejects(fetch(url));
  });
});

import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { ReadCache } from "../../../twin/table/read-cache";

describe("twin/table/read-cache", () => {
  let server: http.Server;
  let cache: ReadCache;
  let value: string;
  /** Called with the response to a write. */
  let onWrite: (response: http.ServerResponse) => void;

  beforeEach(async () => {
    value = "one";
    onWrite = (response) => response.end();
    server = http.createServer((request, response) => {
      const isRead = String(request.headers["x-amz-target"]).endsWith("GetItem");
      if (isRead) response.end();
      else onWrite(response);
    });
    cache = new ReadCache(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = async (operation = "BatchGetItem") => {
    const reply = await cache.answer(operation, "{}", async () => ({ status: 200, body: value }));
    return reply.body;
  };
  /** A request to the tables; resolves when its response is complete. */
  function send(operation: string): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const headers = { "X-Amz-Target": `DynamoDB_20120810.${operation}` };
    return new Promise((resolve, reject) => {
      const request = http.request({ port, method: "POST", headers });
      request.on("response", (response) => response.resume().on("end", resolve));
      request.on("error", reject);
      request.end("{}");
    });
  }

  it("keeps the reply to a read until a write arrives at the tables", async () => {
    assert.equal(await read(), "one");
    value = "two";
    assert.equal(await read(), "one");
    await send("GetItem");
    assert.equal(await read(), "one");
    await send("PutItem");
    assert.equal(await read(), "two");
  });

  it("keeps nothing that was read while a write was in progress", async () => {
    const writing = new Promise<http.ServerResponse>((resolve) => (onWrite = resolve));
    const sent = send("UpdateItem");
    const response = await writing;
    assert.equal(await read(), "one");
    value = "two";
    assert.equal(await read(), "two");
    response.end();
    await sent;
    assert.equal(await read(), "two");
  });

  it("keeps nothing that a write has overtaken", async () => {
    await cache.answer("GetItem", "{}", async () => {
      await send("DeleteItem");
      return { status: 200, body: "old" };
    });
    assert.equal(await read("GetItem"), "one");
  });

  it("keeps neither errors nor other operations", async () => {
    const failed = await cache.answer("GetItem", "{}", async () => ({ status: 400, body: "no" }));
    assert.equal(failed.status, 400);
    assert.equal(await read("GetItem"), "one");
    assert.equal(await read("Scan"), "one");
    value = "two";
    assert.equal(await read("Scan"), "two");
  });
});

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { dial, RawClient } from "./raw-client";
import { startEndpoint, type TestEndpoint, type TestSetting } from "./support";

/** Sessions take turns in so many source addresses. */
function addresses(count: number): TestSetting {
  let sessions = 0;
  return { sourceOf: () => `100.64.0.${10 + (sessions++ % count)}` };
}

describe("nine passive ports for each source address", () => {
  let endpoint: TestEndpoint;
  afterEach(() => endpoint.stop());

  interface Held {
    readonly client: RawClient;
    readonly data: Socket;
  }

  /** Starts this number of concurrent uploads, which send their first bytes and stay open. Returns the opened ones. */
  async function hold(count: number): Promise<{ held: Held[]; refused: string[] }> {
    const [held, refused]: [Held[], string[]] = [[], []];
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const client = await RawClient.login(endpoint.port);
        const passive = await client.send("PASV");
        const [high, low] = /,(\d+),(\d+)\)$/.exec(passive)?.slice(1).map(Number) ?? [];
        if (low === undefined) {
          refused.push(passive);
          return client.close();
        }
        const data = await dial(high * 256 + low);
        data.write(`file ${index}`);
        assert.match(await client.send(`STOR ${index}`), /^150/);
        held.push({ client, data });
      }),
    );
    return { held, refused };
  }

  async function finish(held: readonly Held[]): Promise<void> {
    for (const { client, data } of held) {
      data.end();
      assert.equal(await client.reply(), "226 Transfer complete.");
      client.close();
    }
  }

  it("30 uploads held from one address: 9 are served, 21 are answered 425", async () => {
    endpoint = await startEndpoint();
    const { held, refused } = await hold(30);
    assert.equal(held.length, 9);
    assert.equal(refused.length, 21);
    assert.deepEqual([...new Set(refused)], ["425 Can't open passive connection."]);
    const reasons = endpoint.events.filter(
      (event) => event.kind === "refused" && event.code === "ports-taken",
    );
    assert.equal(reasons.length, 21);
    await finish(held);
    // Every port is free again.
    const again = await hold(9);
    assert.deepEqual(again.refused, []);
    await finish(again.held);
  });

  it("30 uploads held from four addresses: all are served, each with its own bytes", async () => {
    endpoint = await startEndpoint(addresses(4));
    const { held, refused } = await hold(30);
    assert.deepEqual([held.length, refused], [30, []]);
    await finish(held);
    const reader = await RawClient.login(endpoint.port);
    for (let index = 0; index < 30; index++) {
      assert.equal((await reader.get(`RETR ${index}`)).bytes.toString(), `file ${index}`);
    }
    reader.close();
  });

  it("30 uploads held from one address in the generous mode: all are served", async () => {
    endpoint = await startEndpoint({ generousPassivePorts: true });
    const { held, refused } = await hold(30);
    assert.deepEqual([held.length, refused], [30, []]);
    await finish(held);
  });

  it("200 clients from two addresses that try again after a random wait all finish", async () => {
    endpoint = await startEndpoint(addresses(2));
    let refused = 0;
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const client = await RawClient.login(endpoint.port);
        let port: number | undefined;
        for (let waitMs = 20; port === undefined; waitMs = Math.min(waitMs * 2, 500)) {
          port = await client.pasv().catch(() => undefined);
          if (port !== undefined) break;
          refused++;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * waitMs));
        }
        const data = await dial(port);
        assert.match(await client.send(`STOR ${index}`), /^150/);
        data.end(Buffer.alloc(50_000, index));
        assert.equal(await client.reply(), "226 Transfer complete.");
        client.close();
      }),
    );
    assert.ok(refused > 0, "no client met a taken port");
    const stored = endpoint.events.filter(
      (event) => event.kind === "transfer" && event.outcome === "completed",
    );
    assert.equal(stored.length, 200);
  });
});

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RawClient, dial, readAll } from "./raw-client";
import { startEndpoint, type TestEndpoint } from "./support";

const mib = 1024 * 1024;

describe("many clients on nine passive ports in the generous mode", () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint({ generousPassivePorts: true });
  });

  afterEach(() => endpoint.stop());

  for (const count of [50, 200]) {
    it(`${count} concurrent clients each store 1 MiB and fetch it again, all within the range`, async () => {
      const [from, to] = endpoint.passivePorts;
      const ports = new Set<number>();
      await Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const bytes = randomBytes(mib);
          const client = await RawClient.login(endpoint.port);
          const storing = await client.pasv();
          ports.add(storing);
          const upload = await dial(storing);
          assert.match(await client.send(`STOR ${index}.bin`), /^150/);
          upload.end(bytes);
          assert.match(await client.reply(), /^226/);
          const fetching = await client.pasv();
          ports.add(fetching);
          const download = readAll(await dial(fetching));
          assert.match(await client.send(`RETR ${index}.bin`), /^150/);
          assert.ok((await download).equals(bytes));
          assert.match(await client.reply(), /^226/);
          assert.ok(readFileSync(join(endpoint.root, `${index}.bin`)).equals(bytes));
          assert.equal(await client.send("QUIT"), "221 Goodbye.");
        }),
      );
      assert.deepEqual(
        [...ports].filter((port) => port < from || port > to),
        [],
      );
      assert.equal(ports.size, 9);
    });
  }

  it("nine clients that hold a port and never connect do not block the others permanently", async () => {
    await endpoint.stop();
    endpoint = await startEndpoint({ generousPassivePorts: true, timeouts: { dataMs: 100 } });
    const idlers = await Promise.all(
      Array.from({ length: 9 }, () => RawClient.login(endpoint.port)),
    );
    await Promise.all(idlers.map((idler) => idler.pasv()));
    const client = await RawClient.login(endpoint.port);
    assert.match(await client.put("STOR x", "x"), /^226/);
    [client, ...idlers].forEach((each) => each.close());
  });
});

/** A folder of very many files, and a client that takes the listing slowly. */
import assert from "node:assert/strict";
import type { Entry } from "../../../twin/ftp/service";
import { RawClient } from "./raw-client";
import { startEndpoint, type StoreHome, type TestEndpoint } from "./support";

/** More than the system's own buffers of a connection hold. */
const fileCount = 1_000_000;

describe("a listing of a million files", function () {
  this.timeout(120_000);
  let endpoint: TestEndpoint;
  let asked = 0;

  const withMany = (home: StoreHome): StoreHome =>
    Object.assign(home, {
      async *list(): AsyncGenerator<Entry> {
        const modified = new Date("2020-04-24T03:38:00Z");
        for (asked = 0; asked < fileCount; asked++) {
          yield { name: `${asked}.csv`, type: "file", size: 5503, modified } as const;
        }
      },
    });

  before(async () => {
    endpoint = await startEndpoint({ wrap: withMany });
  });
  after(() => endpoint.stop());

  it("begins before the rest is read from the store, and waits for a client that does not read", async () => {
    const client = await RawClient.login(endpoint.port);
    const data = await client.openData();
    data.pause();
    assert.match(await client.send("LIST"), /^150/);
    const begun = await new Promise<number>((resolve) => {
      data.once("readable", () => resolve(asked));
    });
    assert.ok(begun > 0 && begun < fileCount, `${begun} files were asked for at the first bytes`);

    // Until no more is requested: only the data in transit is then held in memory.
    for (let before = -1; before !== asked;) {
      before = asked;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    assert.ok(asked < fileCount, "the whole listing was made for a client that reads nothing");
    data.destroy();
    assert.equal(await client.reply(), "426 Data connection error.");
    client.close();
  });

  it("is complete for a client that reads", async () => {
    const client = await RawClient.login(endpoint.port);
    const { bytes, reply } = await client.get("NLST");
    assert.equal(reply, "226 Closing data connection.");
    assert.equal(bytes.toString("latin1").split("\r\n").length, fileCount + 1);
    client.close();
  });
});

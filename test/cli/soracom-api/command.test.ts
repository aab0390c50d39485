import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { runCli } from "../../support/cli-context";
import { until } from "../../soracom/lab";
import { id } from "../sims/support";

describe("canal-ftp soracom-api", function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-api-"));
  after(() => fs.rmSync(folder, { recursive: true }));

  it("has the SIMs and the limit it is given, until it is stopped", async () => {
    const sims = path.join(folder, "sims.csv");
    fs.writeFileSync(sims, `simId\n${id(1)}\n`);
    const stop = new AbortController();
    let out = "";
    const given = ["--sims", sims, "--virtual-sim", id(2), "--requests-per-minute", "1"];
    const ended = runCli(["soracom-api", ...given, "--json"], {
      stop: stop.signal,
      out: (text) => (out += text),
    });
    await until(() => out.includes("\n"));
    const { endpoint } = JSON.parse(out) as { endpoint: string };

    const state = await (await fetch(`${endpoint}/__state`)).json();
    const found = (state as { sims: { simId: string; virtual?: boolean }[] }).sims;
    assert.deepEqual(
      found.map(({ simId, virtual }) => [simId, virtual ?? false]),
      [
        [id(1), false],
        [id(2), true],
      ],
    );
    const logIn = () =>
      fetch(`${endpoint}/v1/auth`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ authKeyId: "a", authKey: "b" }),
      });
    assert.deepEqual([(await logIn()).status, (await logIn()).status], [200, 429]);

    stop.abort();
    assert.equal((await ended).code, 0);
  });

  it("rejects a file with mistakes and an unknown fault", async () => {
    const sims = path.join(folder, "sims.csv");
    fs.writeFileSync(sims, "898\n");
    const wrong = await runCli(["soracom-api", "--sims", sims]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /sims\.csv:1: "898" given/);
    assert.equal((await runCli(["soracom-api", "--fault", "slow"])).code, 2);
  });
});

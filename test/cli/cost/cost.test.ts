import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { runCli } from "../../support/cli-context";
import { root } from "../../support/stack-values";

const cost = (...argv: string[]) => runCli(["cost", ...argv]);

interface Document {
  readonly sum: number;
  readonly complete: boolean;
  readonly usage: Record<string, number>;
  readonly lines: {
    readonly item: string;
    readonly usd: number | null;
    readonly formula: string;
  }[];
}

describe("canal-ftp cost", function () {
  this.timeout(30_000);

  it("prints the month, which prices are to be checked, and which are not known", async () => {
    const { code, stdout } = await cost("--stack", "dev");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^Transfer Family, server +730 x 0\.3 per hour of one protocol of a server +219\.00 +2026-09-20$/m,
    );
    assert.match(stdout, /^API Gateway .* to check$/m);
    assert.match(stdout, /^At least USD \d+\.\d\d a month, of which 219\.80 at checked prices\.$/m);
    assert.match(stdout, /^Not known: the price of SORACOM VPG, base\. See https:\/\/soracom\.jp/m);
    assert.doesNotMatch(stdout, /Not priced/);
  });

  it("takes the usage and another price file, and prints one document", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-cost-"));
    const file = path.join(folder, "prices.json");
    const list = JSON.parse(
      fs.readFileSync(path.join(root, "cli/cost/price-list.json"), "utf8"),
    ) as {
      prices: Record<string, { usd: number | null }>;
    };
    for (const name of ["vpg.setup", "vpg.hour", "canal.hour"]) list.prices[name].usd = 0.1;
    fs.writeFileSync(file, JSON.stringify(list));
    const [plain, given] = await Promise.all([
      cost("--stack", "prod", "--json", "--logins", "48000", "--stored", "0"),
      cost("--stack", "prod", "--json", "--logins", "48000", "--stored", "0", "--prices", file),
    ]);
    fs.rmSync(folder, { recursive: true });
    const before = JSON.parse(plain.stdout) as Document;
    const after = JSON.parse(given.stdout) as Document;
    assert.deepEqual(
      [before.complete, after.complete, after.usage.loginsPerDay],
      [false, true, 48000],
    );
    assert.equal(before.lines.find(({ item }) => item === "SORACOM VPG, base")?.usd, null);
    assert.ok(Math.abs(after.sum - before.sum - 146) < 1e-3);
    assert.ok(!after.lines.some(({ item }) => item === "S3, storage"));
    assert.ok(after.lines.every(({ formula }) => formula.length > 0));
  });

  it("prints every item with its price, and rejects wrong options", async () => {
    const { stdout } = await cost("--items", "--json");
    assert.ok((JSON.parse(stdout) as object[]).length > 25);
    for (const wrong of [
      ["--stack", "nowhere"],
      ["--remembered", "2"],
      ["--logins", "many"],
    ]) {
      assert.equal((await cost(...wrong)).code, 2, wrong.join(" "));
    }
    const { code, stderr } = await cost("--stack", "dev", "--prices", "/nowhere.json");
    assert.equal(code, 1);
    assert.match(stderr, /^The price file \/nowhere\.json cannot be read/);
  });
});

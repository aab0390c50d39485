import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { simulate } from "../../../cli/capacity/simulation";
import { run } from "../../../cli/main";
import { cliContext } from "../../support/cli-context";

describe("canal-ftp capacity", () => {
  async function capacity(...args: string[]) {
    let [out, error] = ["", ""];
    const context = cliContext({
      out: (text) => (out += text),
      error: (text) => (error += text),
    });
    const code = await run(["capacity", ...args], context);
    return { code, out, error };
  }
  const fleet = ["--devices", "3000", "--every", "1h", "--seconds", "20"];

  it("prints what is refused at the full hour, and the remedies", async () => {
    const { code, out } = await capacity(...fleet);
    assert.equal(code, 0);
    assert.match(out, /3000 wanted, 9 served/);
    assert.match(out, /refused with 425 at the first attempt +99\.7 %/);
    assert.match(out, /spread alone +none is enough/);
    assert.match(
      out,
      /spread over 60 min, and more ports +5 source addresses: 5 VPGs, or 5 servers/,
    );
    assert.match(out, /USD 1095 a month/);
    assert.match(out, /neither a spread nor retries are enough/);
  });

  it("gives programs the same as JSON, calculated and simulated", async () => {
    const { out } = await capacity(...fleet, "--spread", "30m", "--addresses", "2", "--json");
    const { refused, portUse, ports } = JSON.parse(out) as Record<string, never>;
    const { calculated, simulated } = refused as { calculated: number; simulated: number };
    assert.equal(ports, 18);
    assert.ok(Math.abs(portUse - 0.926) < 0.001);
    assert.ok(Math.abs(calculated - simulated) < 0.02);
  });

  it("draws the share over the spread, the same for the same fleet", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
    const files = ["a.svg", "b.svg"].map((name) => path.join(folder, name));
    for (const file of files) {
      await capacity("--devices", "300", "--every", "10m", "--seconds", "5", "--plot", file);
    }
    const [first, second] = files.map((file) => fs.readFileSync(file, "utf8"));
    assert.equal(first, second);
    assert.equal(first.match(/<path class="line"/g)?.length, 4);
    fs.rmSync(folder, { recursive: true });
  });

  it("drew the plot of docs/capacity.md", async () => {
    const file = path.join(os.tmpdir(), `canal-ftp-${process.pid}.svg`);
    await capacity(...fleet, "--plot", file);
    const [drawn, kept] = [file, "docs/pictures/capacity.svg"].map((each) =>
      fs.readFileSync(each, "utf8"),
    );
    fs.rmSync(file);
    assert.equal(drawn, kept);
  });

  it("refuses a spread longer than the interval, and durations that are none", async () => {
    const longer = await capacity(...fleet, "--spread", "2h");
    assert.equal(longer.code, 2);
    assert.match(longer.error, /--spread 2 h is longer than --every 60 min/);
    for (const wrong of ["x", "0", "25h", "-1s"]) {
      const { code } = await capacity("--devices", "3", "--every", wrong, "--seconds", "20");
      assert.equal(code, 2, wrong);
    }
  });

  it("names the options that are missing", async () => {
    const { code, error } = await capacity("--devices", "3");
    assert.equal(code, 2);
    assert.match(error, /--every and --seconds must be given/);
  });

  it("simulates the same for the same fleet", () => {
    const options = { devices: 100, every: 600, seconds: 5, spread: 60, addresses: 1 };
    assert.deepEqual(simulate(options), simulate(options));
  });
});

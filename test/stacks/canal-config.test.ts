import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { checkConfig } from "../../stacks/site-config";
import { root } from "../support/golden";
import { ownDefaults } from "../support/stack-values";

const first = "8981100000000000001";
const second = "8981100000000000002";

describe("stacks/canal-config", () => {
  const folder = path.join(root, ".twin", `sims-${process.pid}`);
  const simFile = path.relative(root, path.join(folder, "sims.csv"));
  before(() => fs.mkdirSync(folder, { recursive: true }));
  after(() => fs.rmSync(folder, { recursive: true }));

  function read(text: string, values: Record<string, string> = {}) {
    fs.writeFileSync(path.join(root, simFile), text);
    const given = { ...ownDefaults(), simFile, ...values };
    const checked = checkConfig("dev", "ap-northeast-1", given);
    return "config" in checked
      ? { canal: checked.config.canal, lines: [] }
      : { canal: undefined, lines: checked.mistakes };
  }

  const accepted: [string, string][] = [
    ["one on each line", `${first}\n${second}\n`],
    [
      "a byte order mark, comments, empty lines, Windows",
      `\uFEFF# ours\r\n${first}\r\n\r\n${second}`,
    ],
    ["the first column without names", `${first},gate\n${second},"dock"\n`],
    ["the column called simId", `name,simId\ngate,${first}\ndock,"${second}"\n`],
    ["SIM ID with semicolons", `SIM ID;name\n${first};gate\n${second};dock\n`],
  ];
  for (const [what, text] of accepted) {
    it(`reads a file with ${what}`, () => {
      const { canal, lines } = read(text);
      assert.deepEqual([lines, canal?.simIds], [[], [first, second]]);
    });
  }

  it("reports all mistakes with their lines", () => {
    const { lines } = read(`simId\n${first}\n898\n\n${first}\n,${second}\n`);
    assert.deepEqual(lines, [
      `${simFile}:3: "898" given; allowed: 18 to 22 digits, as SORACOM shows`,
      `${simFile}:5: "${first}" given; allowed: each only once; line 2 has it`,
      `${simFile}:6: "" given; allowed: 18 to 22 digits, as SORACOM shows`,
    ]);
  });

  it("puts the list and the file together, a SIM in both is a mistake", () => {
    const both = read(second, { simIds: JSON.stringify([first]) });
    assert.deepEqual([both.lines, both.canal?.simIds], [[], [first, second]]);
    const { lines } = read(first, { simIds: JSON.stringify([first]) });
    assert.match(
      lines.join(),
      /simIds: "8981100000000000001" given; allowed: each only once; .*sims\.csv has it/,
    );
  });

  it("takes 1,000 SIMs and no more", () => {
    const sims = (count: number) =>
      Array.from({ length: count }, (_, i) => `89811${String(i + 1).padStart(14, "0")}`).join("\n");
    assert.deepEqual(read(sims(1000)).lines, []);
    assert.match(
      read(sims(1001)).lines.join(),
      /1000 SIMs at most.* 1001 are given; canal-ftp sims/,
    );
  });

  it("reads no file without Canal, and has nothing of SORACOM then", () => {
    const { canal, lines } = read("no list", { canal: "none", allowedCidr: "10.0.0.0/8" });
    assert.deepEqual([canal, lines], [undefined, []]);
  });

  it("reads an owner id and resolvers", () => {
    const soracomOwner = "canal-ftp/dev/k3j9x2ab4m";
    const { canal } = read(first, { soracomOwner, dnsServers: '["10.0.0.2"]' });
    assert.deepEqual([canal?.soracomOwner, canal?.dnsServers], [soracomOwner, ["10.0.0.2"]]);
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { givenSims } from "../../../cli/sims/given";
import { id } from "./support";

describe("givenSims", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-sims-"));
  after(() => fs.rmSync(folder, { recursive: true }));
  const file = (text: string) => {
    const name = path.join(folder, "sims.csv");
    fs.writeFileSync(name, text);
    return name;
  };

  it("joins command line and file, each SIM once", () => {
    const list = file(`${id(2)}\n${id(3)}\n`);
    const { simIds, placeOf } = givenSims([id(1), id(2)], list);
    assert.deepEqual(simIds, [id(1), id(2), id(3)]);
    assert.deepEqual([placeOf.get(id(1)), placeOf.get(id(3))], [undefined, `${list}:2`]);
    assert.deepEqual(givenSims([id(1)], undefined).simIds, [id(1)]);
  });

  it("reports every mistake of a file with its line", () => {
    assert.throws(
      () => givenSims([], file(`${id(1)}\n12\n${id(1)}\n`)),
      /has mistakes; nothing was changed:\n.*:2: "12" given.*\n.*:3: .*line 1 has it/,
    );
  });

  it("reports a file that does not exist", () => {
    assert.throws(() => givenSims([], path.join(folder, "none.csv")), /none\.csv: there is no/);
  });
});

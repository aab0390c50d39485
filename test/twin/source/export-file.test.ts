import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { readExport } from "../../../twin/source/export-file";
import { root } from "../../support/golden";
import { temporaryFolder } from "../queue/support";
import { written } from "./support";

const whole = { version: 3, deployment: { resources: [{ urn: "urn:pulumi:a", type: "t" }] } };

describe("twin/source/export-file", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  before(() => (folder = temporaryFolder()));
  after(() => folder.remove());

  it("returns the resources", () => {
    const file = written(folder.path, "stack.json", whole);
    assert.deepEqual(readExport(file), whole.deployment.resources);
  });

  it("reads standard input for -", () => {
    const script = `process.stdout.write(String(require("./twin/source/export-file").readExport("-").length))`;
    const run = (input: string) =>
      spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
        cwd: root,
        input,
        encoding: "utf8",
      });
    assert.equal(run(JSON.stringify(whole)).stdout, "1");
    assert.match(run("").stderr, /Standard input is not JSON, so it is not an exported stack/);
  });

  const wrong: [what: string, contents: unknown, why: RegExp][] = [
    ["is empty", "", /is not JSON/],
    ["is not JSON", "pulumi: command not found", /is not JSON, so it is not an exported stack/],
    ["is a number", "1", /has no deployment/],
    ["is null", "null", /has no deployment/],
    ["is a file of Pulumi's own backend", { version: 3, checkpoint: {} }, /has no deployment/],
    ["has no resources", { deployment: {} }, /is a stack without resources/],
    ["has something else for resources", { deployment: { resources: {} } }, /no list of resources/],
    ["has resources without a type", { deployment: { resources: [{ urn: "u" }] } }, /no list of/],
    ["has null among them", { deployment: { resources: [null] } }, /no list of resources/],
  ];
  for (const [what, contents, why] of wrong) {
    it(`rejects a file that ${what}, with the command that exports`, () => {
      const file = written(folder.path, "wrong.json", contents);
      assert.throws(() => readExport(file), why);
      assert.throws(
        () => readExport(file),
        /wrong\.json is .* The twin reads what pulumi stack export --stack NAME --file FILE writes\.$/,
      );
    });
  }

  it("rejects a missing file and a folder", () => {
    assert.throws(() => readExport(`${folder.path}/none.json`), /cannot be read: ENOENT/);
    assert.throws(() => readExport(folder.path), /cannot be read: EISDIR/);
  });

  it("quotes nothing of an invalid file, which may contain secrets", () => {
    const file = written(folder.path, "wrong.json", '{"plaintext":"hunter2" oops');
    assert.throws(
      () => readExport(file),
      (error: Error) => !error.message.includes("hunter2"),
    );
  });
});

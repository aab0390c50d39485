import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { readStackConfig, stacksOf } from "../../../lib/stack/stack-config";

describe("lib/stack/stack-config", () => {
  let folder: string;
  const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-config-"));
    write(
      "Pulumi.yaml",
      `name: mine
runtime: nodejs
config:
  size: { type: integer, default: 2 }
  list: { type: array, items: { type: string }, default: [] }
  aws:region: { default: eu-west-1 }
`,
    );
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("puts a stack's values over the schema's defaults, all as texts", () => {
    write("Pulumi.dev.yaml", 'config:\n  mine:list: ["a"]\n  mine:on: true\n');
    assert.deepEqual(readStackConfig(folder, "dev"), {
      project: "mine",
      values: {
        "mine:size": "2",
        "mine:list": '["a"]',
        "mine:on": "true",
        "aws:region": "eu-west-1",
      },
      encrypted: [],
    });
  });

  it("leaves out what is encrypted, at any depth, and lists it", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  mine:users:\n    - name: cam\n      password: { secure: AAAB }\n  mine:size: 3\n",
    );
    const { values, encrypted } = readStackConfig(folder, "dev");
    assert.deepEqual(encrypted, ["mine:users"]);
    assert.equal(values["mine:users"], undefined);
    assert.equal(values["mine:size"], "3");
  });

  it("takes a stack file with nothing in it", () => {
    write("Pulumi.dev.yaml", "");
    assert.equal(readStackConfig(folder, "dev").values["mine:size"], "2");
  });

  it("names the stacks when there is no such one", () => {
    write("Pulumi.dev.yaml", "config: {}\n");
    write("Pulumi.osaka.yaml", "config: {}\n");
    assert.deepEqual(stacksOf(folder), ["dev", "osaka"]);
    assert.throws(
      () => readStackConfig(folder, "prod"),
      /Pulumi\.prod\.yaml is missing\. Stacks: dev, osaka/,
    );
  });

  it("names the file that is not YAML", () => {
    write("Pulumi.dev.yaml", "config: [\n");
    assert.throws(() => readStackConfig(folder, "dev"), /Pulumi\.dev\.yaml cannot be read/);
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/golden";

/** A program as Pulumi's template makes it, which has this project as a package; run as Pulumi runs it, by ts-node. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { FileStore, VirtualPrivateGateway } from "canal-ftp/components";
import { word } from "./own";

new FileStore("files", { oldVersionDays: 7 });
new VirtualPrivateGateway("vpg", { coverage: "jp", region: "ap-northeast-1", owner: word satisfies string });
`;
const runner = `
require("ts-node").register({ transpileOnly: true, skipProject: true, compilerOptions: { module: "commonjs" } });
const pulumi = require("@pulumi/pulumi");
const made = [];
const mocks = {
  call: () => ({ accountId: "123456789012", region: "ap-northeast-1", partition: "aws" }),
  newResource({ type, name, inputs }) {
    made.push({ type, create: inputs.create });
    return { id: name, state: { ...inputs, arn: "arn:aws:s3:::b", stdout: '{"vpgId":"1","vpgCidr":null}' } };
  },
};
(async () => {
  await pulumi.runtime.setMocks(mocks, "other", "dev");
  await pulumi.runtime.runInPulumiStack(async () => require("./index.ts"));
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify(made));
})();
`;

describe("the components as a package of another program", () => {
  const place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-package-")));
  before(() => {
    const modules = path.join(place, "node_modules");
    fs.mkdirSync(path.join(modules, "canal-ftp"), { recursive: true });
    for (const part of ["components", "lambdas", "lib", "soracom", "package.json"]) {
      fs.cpSync(path.join(root, part), path.join(modules, "canal-ftp", part), { recursive: true });
    }
    for (const dependency of fs.readdirSync(path.join(root, "node_modules"))) {
      if (dependency.startsWith(".")) continue;
      fs.symlinkSync(path.join(root, "node_modules", dependency), path.join(modules, dependency));
    }
    fs.writeFileSync(path.join(place, "index.ts"), program);
    fs.writeFileSync(path.join(place, "own.ts"), `export const word: string = "other/dev";\n`);
    fs.writeFileSync(path.join(place, "run.cjs"), runner);
  });
  after(() => fs.rmSync(place, { recursive: true, force: true }));

  /** What the program registers. */
  function run(): { type: string; create?: string }[] {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["run.cjs"], {
      cwd: place,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.trim().split("\n").pop()!) as { type: string; create?: string }[];
  }

  it("are loaded from node_modules, beside TypeScript of the program's own", () => {
    const types = run().map(({ type }) => type);
    assert.ok(types.includes("aws:s3/bucket:Bucket"), types.join(" "));
    // Only the package's own files go through its loader.
    const kept = path.join(
      place,
      "node_modules",
      "canal-ftp",
      "node_modules",
      ".cache",
      "canal-ftp",
    );
    const texts = fs
      .readdirSync(kept)
      .map((file) => fs.readFileSync(path.join(kept, file), "utf8"));
    assert.ok(texts.length > 20);
    assert.ok(!texts.some((text) => text.includes("other/dev")));
  });

  it("run SORACOM's driver from there", () => {
    const line = run().find(({ create }) => create)!.create!;
    assert.match(line, /^node -r \.\/node_modules\/canal-ftp\/tools\/register\.cjs /);
    const { stderr, status } = spawnSync("/bin/sh", ["-c", line], { cwd: place, encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /CANAL_FTP_SPEC/);
  });

  it("take the rest of the project for their own business", () => {
    const { exports } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    assert.deepEqual(Object.keys(exports), [".", "./components", "./package.json"]);
  });
});

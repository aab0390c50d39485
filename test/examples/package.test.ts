import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { folderWithPackage } from "../support/packed-package";
import { root } from "../support/stack-values";

/** A program as Pulumi's template makes it, which has this project as a package. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { FileStore, VirtualPrivateGateway } from "canal-ftp/components";
import { word } from "./own";

const files = new FileStore("files", { oldVersionDays: 7 });
new VirtualPrivateGateway("vpg", { coverage: "jp", region: "ap-northeast-1", owner: word satisfies string });
export const bucket: pulumi.Output<string> = files.bucketName;
`;

/** Runs a program with Pulumi's mocks and prints what it registers. */
const runner = (load: string) => `
const pulumi = require("@pulumi/pulumi");
const made = [];
const mocks = {
  call: () => ({ accountId: "123456789012", region: "ap-northeast-1", partition: "aws" }),
  newResource({ type, name, inputs }) {
    made.push({ type, interpreter: inputs.interpreter, create: inputs.create });
    return { id: name, state: { ...inputs, arn: "arn:aws:s3:::b", stdout: '{"vpgId":"1","vpgCidr":null}' } };
  },
};
(async () => {
  await pulumi.runtime.setMocks(mocks, "other", "dev");
  await pulumi.runtime.runInPulumiStack(async () => ${load});
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify(made));
})();
`;

interface Registered {
  readonly type: string;
  readonly interpreter?: string[];
  readonly create?: string;
}

describe("the package in another program", function () {
  this.timeout(180_000);
  let folder: string;
  before(() => {
    folder = folderWithPackage();
    const files = {
      "index.ts": program,
      "own.ts": `export const word: string = "other/dev";\n`,
      "index.mjs": `
        import { FileStore, VirtualPrivateGateway } from "canal-ftp";
        new FileStore("files", { oldVersionDays: 7 });
        new VirtualPrivateGateway("vpg", { coverage: "jp", region: "ap-northeast-1", owner: "o" });`,
      "run-cjs.cjs": `
        require("ts-node").register({
          transpileOnly: true, skipProject: true, compilerOptions: { module: "commonjs" },
        });
        ${runner(`require("./index.ts")`)}`,
      "run-esm.cjs": runner(`import("./index.mjs")`),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          strict: true,
          target: "es2020",
          module: "nodenext",
          moduleResolution: "nodenext",
          skipLibCheck: true,
          noEmit: true,
          types: ["node"],
        },
        files: ["index.ts"],
      }),
    };
    for (const [name, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), text);
    }
  });

  const run = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  function registered(script: string): Registered[] {
    const { stdout, stderr, status } = run(script);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.trim().split("\n").pop()!) as Registered[];
  }

  for (const [form, script] of [
    ["TypeScript", "run-cjs.cjs"],
    ["an ES module", "run-esm.cjs"],
  ]) {
    it(`registers its components from ${form}`, () => {
      const types = registered(script).map(({ type }) => type);
      assert.ok(types.includes("aws:s3/bucket:Bucket"), types.join(" "));
      assert.ok(types.includes("command:local:Command"), types.join(" "));
    });
  }

  it("type-checks there", () => {
    const { stdout, status } = run(require.resolve("typescript/bin/tsc"));
    assert.equal(status, 0, stdout);
  });

  it("runs the SORACOM driver as JavaScript", () => {
    const { interpreter, create } = registered("run-cjs.cjs").find((one) => one.create)!;
    assert.deepEqual(interpreter, ["node", "node_modules/canal-ftp/dist/soracom/main.js"]);
    assert.equal(create, "vpg ensure");
    const [program, file] = interpreter!;
    const { stderr, status } = spawnSync(program, [file, create], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(stderr, /CANAL_FTP_SPEC/);
  });

  it("has the command, and no TypeScript but declarations", () => {
    const home = path.join(folder, "node_modules", "canal-ftp");
    const { stdout, status } = run(path.join(home, "cli", "canal-ftp.cjs"), "--help");
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: canal-ftp <command>/m);
    const files = fs.readdirSync(home, { recursive: true }) as string[];
    assert.deepEqual(
      files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts")),
      [],
    );
    assert.ok(!files.includes("test") && !files.includes("index.ts"));
  });

  it("offers the components, and nothing of its inside", () => {
    const { exports } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    assert.deepEqual(Object.keys(exports), [".", "./components", "./package.json"]);
  });
});

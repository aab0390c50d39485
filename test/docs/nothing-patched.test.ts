import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/stack-values";

/** Internals of Node and Pulumi that a program must not replace or use. */
const internals =
  /Module\._\w+|require\.extensions|require\.cache|prepareStackTrace|\._handle\b|process\.binding|cachedData|nodeargs/;

/** A command line of Node with a flag other than `-r ts-node/register`. */
const nodeFlag = /\bnode (?!-r ts-node\/register\b)(?:-[a-zA-Z]|--[a-z])(?!.*JSON\.stringify)/;

/** Flags of Node in a list of arguments. */
const listedFlag =
  /"--(?:max|require|import|loader|expose|experimental|inspect|cpu-prof|no-warnings)[\w-]*/;

/**
 * Modules of Pulumi's packages that are documented or meant for others. None of the packages has an `exports` field,
 * so that every file could be loaded.
 */
const modules: Readonly<Record<string, RegExp>> = {
  "": /^@pulumi\/(aws|awsx|command|policy|pulumi|pulumiservice)$/,
  "the modules of a provider, as its API reference lists them": /^@pulumi\/(aws|awsx)\/\w+$/,
  "the Automation API and the provider API": /^@pulumi\/pulumi\/(automation|provider)$/,
  // Pulumi's guide "Build a component" imports componentProviderHost from it.
  "the component provider": /^@pulumi\/pulumi\/provider\/experimental$/,
  versions: /^@pulumi\/\w+\/package\.json$/,
};

/** What stands for Pulumi's own processes in tests speaks their protocol and starts their programs. */
const fakesOnly = /^@pulumi\/pulumi\/(proto\/\w+_pb|cmd\/run|cmd\/run-policy-pack)$/;

interface Line {
  readonly at: string;
  readonly text: string;
}

function linesOf(...patterns: string[]): Line[] {
  const list = execFileSync("git", ["ls-files", "-z", "--", ...patterns], { cwd: root });
  return list
    .toString()
    .split("\0")
    .filter((file) => file !== "" && fs.existsSync(path.join(root, file)))
    .flatMap((file) =>
      fs
        .readFileSync(path.join(root, file), "utf8")
        .split("\n")
        .map((text, index) => ({ at: `${file}:${index + 1}`, text })),
    );
}

const code = () =>
  linesOf("*.ts", "*.cjs", "*.mjs", "*.js", "fakes/pulumi/bin", "fakes/soracom/bin", ":!test");
const found = (lines: readonly Line[], pattern: RegExp) =>
  lines.filter(({ text }) => pattern.test(text)).map(({ at, text }) => `${at}: ${text.trim()}`);

/** Modules of Pulumi that lines load and that are not in the list. */
function unlisted(lines: readonly Line[]): string[] {
  return lines.flatMap(({ at, text }) => {
    const names = [...text.matchAll(/["'](@pulumi\/[^"'@]+)["']/g)].map(([, name]) => name);
    return names
      .filter((name) => !Object.values(modules).some((pattern) => pattern.test(name)))
      .filter((name) => !(at.startsWith("fakes/pulumi/") && fakesOnly.test(name)))
      .map((name) => `${at}: ${name}`);
  });
}

describe("nothing is patched", () => {
  it("no source, script or project file uses internals of Node or Pulumi", () => {
    const files = [...code(), ...linesOf("*.yaml", "*.yml", "package.json", ".mocharc.json")];
    assert.ok(files.length > 10_000);
    assert.deepEqual(found(files, internals), []);
  });

  it("no command line or process has flags of Node other than -r ts-node/register", () => {
    const files = [...code(), ...linesOf("package.json", "*.yaml", ".github", ".ci")];
    assert.deepEqual(found(files, nodeFlag), []);
    assert.deepEqual(found(code(), listedFlag), []);
  });

  it("no file loads a module of Pulumi that is not meant for others", () => {
    assert.deepEqual(unlisted(code()), []);
  });

  it("finds each of them", () => {
    const line = (text: string, at = "components/x.ts:1") => [{ at, text }];
    assert.equal(found(line("Module._load = load;"), internals).length, 1);
    assert.equal(found(line("delete require.cache[file];"), internals).length, 1);
    assert.equal(found(line("(socket as Connection)._handle = null;"), internals).length, 1);
    assert.equal(found(line('"start": "node --max-semi-space-size=2 x"'), nodeFlag).length, 1);
    assert.equal(found(line('"start": "node -r ts-node/register x.ts"'), nodeFlag).length, 0);
    assert.equal(found(line('execArgv: ["--expose-gc"]'), listedFlag).length, 1);
    const deep = 'require("@pulumi/pulumi/runtime/debuggable")';
    assert.equal(unlisted(line(deep)).length, 1);
    assert.equal(unlisted(line(deep, "fakes/pulumi/x.ts:1")).length, 1);
    assert.equal(unlisted(line('from "@pulumi/pulumi/proto/plugin_pb"')).length, 1);
    assert.equal(
      unlisted(line('from "@pulumi/pulumi/proto/plugin_pb"', "fakes/pulumi/x.ts:1")).length,
      0,
    );
  });
});

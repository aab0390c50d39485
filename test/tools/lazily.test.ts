import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { parse } from "yaml";

import { root } from "../support/golden";

/** What a script prints, with Pulumi's SDK loaded and a list of what is loaded. */
function run(script: string): string[] {
  const loaded = `
    const pulumi = require("@pulumi/pulumi");
    const loaded = () =>
      [/typescript.lib/, /@npmcli.arborist/, /pulumi.automation/, /normalize-package-data/].map((name) =>
        Object.keys(require.cache).some((file) => name.test(file)));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["-r", "./tools/lazily.cjs", "-e", `${loaded}\n${script}`],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return stdout.trim().split("\n");
}

describe("tools/lazily.cjs", () => {
  it("leaves out of Pulumi's SDK what nobody uses", () => {
    assert.deepEqual(run(`console.log(loaded().join());`), ["false,false,false,false"]);
  });

  it("loads it for a program that turns functions into text", () => {
    const script = `
      const word = "hello";
      pulumi.runtime.serializeFunction(() => word).then(({ text }) => {
        console.log(/word: "hello"/.test(text), loaded()[0]);
      });`;
    assert.deepEqual(run(script), ["true true"]);
  });

  it("loads it for one that asks for the packages of such a function", () => {
    const script = `
      pulumi.runtime.computeCodePaths().then((paths) => console.log(paths.size > 0, loaded()[1]));`;
    assert.deepEqual(run(script), ["true true"]);
  });

  it("loads the Automation API for one that uses it", () => {
    const script = `console.log(typeof pulumi.automation.LocalWorkspace.createStack, loaded()[2]);`;
    assert.deepEqual(run(script), ["function true"]);
  });

  describe("before Pulumi's runner", () => {
    /** What of these files the runner has loaded when it gives up, for want of an engine. */
    function loadedByRunner(...options: readonly string[]): readonly boolean[] {
      const names = ["opentelemetry/sdk-trace-base", "closure/v8Hooks"];
      const tell = `process.on("exit", () => console.log(JSON.stringify(
        ${JSON.stringify(names)}.map((name) => Object.keys(require.cache).some((file) => file.includes(name))))))`;
      const runner = require.resolve("@pulumi/pulumi/cmd/run");
      const place = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-lazily-"));
      try {
        fs.writeFileSync(path.join(place, "tell.cjs"), tell);
        const nobody = ["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:1", "--pwd", place, "."];
        const { stdout } = spawnSync(
          process.execPath,
          [...options, "-r", path.join(place, "tell.cjs"), runner, ...nobody],
          { cwd: root, encoding: "utf8" },
        );
        return JSON.parse(stdout.trim().split("\n").pop()!) as boolean[];
      } finally {
        fs.rmSync(place, { recursive: true });
      }
    }

    it("leaves out traces and the inspector, as Pulumi.yaml has it", () => {
      const { runtime } = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
        runtime: { options: { nodeargs: string } };
      };
      // They are there without it: or there would be nothing to leave out.
      assert.deepEqual(loadedByRunner(), [true, true]);
      assert.deepEqual(loadedByRunner(...runtime.options.nodeargs.split(" ")), [false, false]);
    });

    it("loads what sends traces for who asks for them", () => {
      const script = `
        const tracing = require("@pulumi/pulumi/cmd/run/tracing");
        tracing.start("http://127.0.0.1:1/api/v2/spans");
        const span = tracing.newSpan("test");
        console.log(span.isRecording());
        process.exit();`;
      assert.deepEqual(run(script), ["true"]);
    });
  });

  it("leaves packages alone that others ask for", () => {
    assert.deepEqual(run(`console.log(require("typescript").version.slice(0, 2), loaded()[0]);`), [
      "5. true",
    ]);
  });
});

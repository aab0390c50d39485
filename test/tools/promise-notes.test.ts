import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { root } from "../support/golden";

const loader = `require("./tools/promise-notes.cjs");`;
const runner = `const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");`;
const note = `
  const [first, promise] = [Promise.resolve(), Promise.resolve()];
  void debuggablePromise(first, "test");
  void debuggablePromise(promise, "test");
  console.log(String(promise._debugStackTrace));`;

function run(script: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { said: stdout + stderr, status };
}

describe("tools/promise-notes.cjs", () => {
  it("leaves out the stacks of promises, whichever is loaded first, the SDK or this", () => {
    // The notes are there without it: or there would be nothing to leave out.
    assert.match(run(runner + note).said, /at /);
    assert.equal(run(loader + runner + note).said, "undefined\n");
    const late = `require("@pulumi/pulumi"); ${loader} ${runner} ${note}`;
    assert.equal(run(late).said, "undefined\n");
  });

  it("has no stack looked up for the first promise either, which the SDK itself watches", () => {
    const { said } = run(`${loader} ${runner}
      const first = Promise.resolve();
      void debuggablePromise(first, "test");
      console.log(first._debugStackTrace, Error.stackTraceLimit);`);
    assert.equal(said, "Error 10\n");
  });

  it("writes them for who looks for leaks", () => {
    const env = { PULUMI_DEBUG_PROMISE_LEAKS: "1" };
    assert.match(run(loader + runner + note, env).said, /at .*\[eval\]/);
  });

  it("leaves other errors their stacks", () => {
    const script = `${loader} ${runner} void debuggablePromise(Promise.resolve(), "");
      console.log(new Error("other").stack);`;
    assert.match(run(script).said, /^Error: other\n +at \[eval\]/);
  });

  it("lets the SDK tell of promises that never end, and of no others", () => {
    const { said, status } = run(`${loader} ${runner}
      for (const end of [() => {}, (done) => done(), () => {}, (_, fail) => fail(new Error("one"))])
        void debuggablePromise(new Promise(end), "it").catch(() => {});`);
    assert.match(said, /2 promises were still active/);
    assert.equal(status, 1);
  });

  it("passes on what a promise gives, and its error with the promise, as the SDK does", () => {
    const { said } = run(`${loader} ${runner}
      const failing = () => Promise.reject(new Error("no"));
      const [value, first, second] = [Promise.resolve(7), failing(), failing()];
      void debuggablePromise(first, "").catch(({ promise }) => console.log(promise === first));
      void debuggablePromise(value, "").then(console.log);
      void debuggablePromise(second, "").catch(({ promise }) => console.log(promise === second));`);
    assert.deepEqual(said.trim().split("\n").sort(), ["7", "true", "true"]);
  });
});

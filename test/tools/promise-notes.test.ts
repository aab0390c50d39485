import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { root } from "../support/golden";

const loader = `require("./tools/promise-notes.cjs");`;
const runner = `const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");`;
const note = `
  const promise = Promise.resolve();
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

  it("writes them for who looks for leaks", () => {
    const env = { PULUMI_DEBUG_PROMISE_LEAKS: "1" };
    assert.match(run(loader + runner + note, env).said, /at .*\[eval\]/);
  });

  it("leaves other errors their stacks", () => {
    const script = `${loader} ${runner} void debuggablePromise(Promise.resolve(), "");
      console.log(new Error("other").stack);`;
    assert.match(run(script).said, /^Error: other\n +at \[eval\]/);
  });

  it("lets the SDK tell of a promise that never ends", () => {
    const { said, status } = run(
      `${loader} ${runner} void debuggablePromise(new Promise(() => {}), "never");`,
    );
    assert.match(said, /1 promise was still active/);
    assert.equal(status, 1);
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { FunctionRunner } from "../../../twin/function/function-runner";

describe("twin/function/FunctionRunner", () => {
  let folder: string;
  let runner: FunctionRunner;
  let printed: string;

  function run(code: string, timeoutSeconds = 5, instances = 2): FunctionRunner {
    printed = "";
    runner = new FunctionRunner({
      name: "test",
      files: { "index.js": code },
      handler: "index.handler",
      environment: { GREETING: "hello" },
      timeoutSeconds,
      folder,
      instances,
      log: (text) => (printed += text),
    });
    return runner;
  }

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-function-"))));
  afterEach(async () => {
    await runner.close();
    fs.rmSync(folder, { recursive: true });
  });

  it("answers events with the function's environment, and nothing of the twin's", async () => {
    process.env.ONLY_HERE = "1";
    const answer = await run(
      "exports.handler = async (event, context) => ({ event, env: process.env, name: context.functionName })",
    ).invoke({ a: 1 });
    delete process.env.ONLY_HERE;
    assert.deepEqual(answer, { event: { a: 1 }, env: { GREETING: "hello" }, name: "test" });
  });

  const COUNTING =
    "let n = 0; exports.handler = async (ms) => { const mine = ++n; await new Promise((r) => setTimeout(r, ms)); return mine; }";

  it("keeps what the function remembers between events", async () => {
    run(COUNTING);
    for (const count of [1, 2, 3]) assert.equal(await runner.invoke(0), count);
  });

  it("answers one event at a time in an instance, and starts another for the next", async () => {
    run(COUNTING);
    assert.deepEqual(await Promise.all([50, 50].map((ms) => runner.invoke(ms))), [1, 1]);
    assert.deepEqual(await Promise.all([50, 50, 50].map((ms) => runner.invoke(ms))), [2, 2, 3]);
  });

  it("takes the instance again that was used last, which remembers most", async () => {
    run(COUNTING);
    await Promise.all([runner.invoke(0), runner.invoke(100)]);
    for (const count of [2, 3, 4]) assert.equal(await runner.invoke(0), count);
  });

  it("counts no time-out while an event waits for an instance", async () => {
    run(COUNTING, 0.3, 1);
    const events = Array.from({ length: 5 }, () => runner.invoke(120));
    assert.deepEqual(await Promise.all(events), [1, 2, 3, 4, 5]);
  });

  it("fails with what the handler throws, and goes on", async () => {
    run("exports.handler = async (e) => { if (e.bad) throw new Error('no luck'); return 'fine'; }");
    await assert.rejects(runner.invoke({ bad: true }), /no luck/);
    assert.equal(await runner.invoke({}), "fine");
  });

  it("ends an invocation that takes too long, and starts afresh", async () => {
    run("let n = 0; exports.handler = (e) => (e.hang ? new Promise(() => {}) : ++n)", 0.2);
    assert.equal(await runner.invoke({}), 1);
    await assert.rejects(runner.invoke({ hang: true }), /test timed out after 0.2 seconds/);
    assert.equal(await runner.invoke({}), 1);
  });

  it("ends no other instance with it, and serves who waits with a new one", async () => {
    run("let n = 0; exports.handler = (e) => new Promise((r) => e && setTimeout(r, e, ++n))", 0.3);
    const hanging = assert.rejects(runner.invoke(0), /timed out/);
    const others = [200, 200, 200].map((ms) => runner.invoke(ms));
    assert.deepEqual(await Promise.all(others), [1, 2, 1]);
    await hanging;
  });

  it("fails what waits and what is under way when it is stopped", async () => {
    run("exports.handler = () => new Promise(() => {})", 5, 1);
    const waiting = [1, 2].map(() => assert.rejects(runner.invoke({}), /test was stopped/));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await runner.close();
    await Promise.all(waiting);
    await assert.rejects(runner.invoke({}), /test was stopped/);
  });

  it("fails an event whose instance ends itself, and starts another", async () => {
    run("exports.handler = async (e) => (e ? process.exit(3) : 'fine')");
    await assert.rejects(runner.invoke(1), /test ended its process/);
    assert.equal(await runner.invoke(0), "fine");
  });

  it("fails, and does not hang, when the code cannot be loaded", async () => {
    await assert.rejects(run("throw new Error('at load')").invoke({}), /test failed: at load/);
  });

  it("hands on what the function prints", async () => {
    await run("exports.handler = async () => { console.log('a line'); }").invoke({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(printed, /a line/);
  });
});

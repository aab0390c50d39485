import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { FunctionRunner } from "../../../twin/function/function-runner";

describe("twin/function/FunctionRunner", () => {
  let folder: string;
  let runner: FunctionRunner;
  let printed: string;

  function run(code: string, timeoutSeconds = 5): FunctionRunner {
    printed = "";
    runner = new FunctionRunner({
      name: "test",
      files: { "index.js": code },
      handler: "index.handler",
      environment: { GREETING: "hello" },
      timeoutSeconds,
      folder,
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

  it("keeps what the function remembers between events, and answers several at once", async () => {
    run(
      "let n = 0; exports.handler = async () => { const mine = ++n; await new Promise((r) => setTimeout(r, 20)); return mine; }",
    );
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => runner.invoke({}))), [1, 2, 3]);
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

  it("fails, and does not hang, when the code cannot be loaded", async () => {
    await assert.rejects(run("throw new Error('at load')").invoke({}), /test failed: at load/);
  });

  it("hands on what the function prints", async () => {
    await run("exports.handler = async () => { console.log('a line'); }").invoke({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(printed, /a line/);
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { FunctionRunner } from "../../../twin/function/function-runner";
import { SimulatedClock } from "../../support/simulated-clock";
import { until } from "../../support/until";

describe("twin/function/FunctionRunner", () => {
  let folder: string;
  let runner: FunctionRunner;
  let printed: string;
  /** Measures the time-outs of the function. */
  let clock: SimulatedClock;

  function start(code: string, instances = 2): FunctionRunner {
    printed = "";
    clock = new SimulatedClock();
    runner = new FunctionRunner({
      name: "test",
      files: { "index.js": code },
      handler: "index.handler",
      environment: { GREETING: "hello" },
      timeoutSeconds: 3,
      folder,
      clock,
      instances,
      log: (text) => (printed += text),
    });
    return runner;
  }

  /** Waits until so many events are in progress. */
  const inProgress = (count: number) =>
    until(`${count} events are in progress`, () => clock.running === count);

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-function-"))));
  afterEach(async () => {
    await runner.close();
    fs.rmSync(folder, { recursive: true });
  });

  it("runs the handler with the function's environment, without the twin's", async () => {
    process.env.TWIN_ONLY = "1";
    const answer = await start(
      "exports.handler = async (event, context) => ({ event, env: process.env, name: context.functionName })",
    ).invoke({ a: 1 });
    delete process.env.TWIN_ONLY;
    assert.deepEqual(answer, { event: { a: 1 }, env: { GREETING: "hello" }, name: "test" });
  });

  /** Returns how many events the instance has received; an event `hang` gets no answer. */
  const counter =
    "let n = 0; exports.handler = (e) => (e === 'hang' ? new Promise(() => {}) : ++n)";

  it("keeps an instance's state between events", async () => {
    start(counter);
    for (const count of [1, 2, 3]) assert.equal(await runner.invoke(0), count);
  });

  it("runs one event at a time in an instance, and simultaneous events in others", async () => {
    start(counter);
    assert.deepEqual(await Promise.all([runner.invoke(0), runner.invoke(0)]), [1, 1]);
    const answers = await Promise.all([runner.invoke(0), runner.invoke(0), runner.invoke(0)]);
    assert.deepEqual(answers, [2, 2, 3]);
  });

  it("takes the instance that was used last", async () => {
    start(counter);
    await Promise.all([runner.invoke(0), runner.invoke(0)]);
    for (const count of [2, 3, 4]) assert.equal(await runner.invoke(0), count);
  });

  it("fails with the handler's error, and continues", async () => {
    start(
      "exports.handler = async (e) => { if (e.bad) throw new Error('no luck'); return 'fine'; }",
    );
    await assert.rejects(runner.invoke({ bad: true }), /no luck/);
    assert.equal(await runner.invoke({}), "fine");
  });

  it("ends an instance at the timeout; a waiting event gets a new instance and a full timeout", async () => {
    start(counter, 1);
    assert.equal(await runner.invoke(0), 1);
    const hanging = assert.rejects(runner.invoke("hang"), /test timed out after 3 seconds/);
    const waiting = runner.invoke(0);
    await inProgress(1);
    clock.advance(2999);
    // Only the event in progress has a time-out.
    assert.equal(clock.running, 1);
    clock.advance(1);
    await hanging;
    assert.equal(await waiting, 1);
  });

  it("ends no other instance at a time-out", async () => {
    start(counter);
    const hanging = assert.rejects(runner.invoke("hang"), /timed out/);
    assert.equal(await runner.invoke(0), 1);
    clock.advance(3000);
    await hanging;
    assert.equal(await runner.invoke(0), 2);
  });

  it("fails events in progress and waiting events when it is stopped", async () => {
    start(counter, 1);
    const events = [1, 2].map(() => assert.rejects(runner.invoke("hang"), /test was stopped/));
    await inProgress(1);
    await runner.close();
    await Promise.all(events);
    await assert.rejects(runner.invoke(0), /test was stopped/);
  });

  it("fails an event whose instance exits, and starts another", async () => {
    start("exports.handler = async (e) => (e ? process.exit(3) : 'fine')");
    await assert.rejects(runner.invoke(1), /test ended its process/);
    assert.equal(await runner.invoke(0), "fine");
  });

  it("fails when the code cannot be loaded", async () => {
    await assert.rejects(start("throw new Error('at load')").invoke({}), /test failed: at load/);
  });

  it("passes the function's output on", async () => {
    await start("exports.handler = async () => { console.log('a line'); }").invoke({});
    await until("the line is there", () => printed.includes("a line"));
  });
});

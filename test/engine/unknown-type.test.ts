import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { Timeline } from "./timeline";
import { patience, skipWithoutEngine, Workplace } from "./workplace";

/** A program with one resource of a type that is not in resources/. */
describe("an unknown resource type, with the engine", function () {
  this.timeout(patience);
  let workplace: Workplace;
  let value = "1";

  before(async function () {
    skipWithoutEngine(this);
    workplace = await Workplace.open("dev", {
      program: async () => {
        const { arn } = new aws.ssm.Parameter("setting", { type: "String", value });
        return { arn };
      },
    });
  });
  after(() => workplace?.close());

  it("is previewed and created, with a notice that names the type and its file", async () => {
    const { changeSummary } = await workplace.stack.preview();
    assert.deepEqual(changeSummary, { create: 2 });
    const { outputs, stdout } = await workplace.stack.up();
    assert.match(String(outputs.arn.value), /^arn:aws:ssm:.*:parameter\/setting-/);
    assert.match(stdout, /aws:ssm\/parameter:Parameter is not known here.*resources\/ssm\.ts/);
  });

  it("changes in place, and is deleted", async () => {
    value = "2";
    const timeline = new Timeline();
    await workplace.stack.up({ onEvent: timeline.listen });
    assert.deepEqual(timeline.changes(), ["update Parameter setting"]);
    const { changeSummary } = await workplace.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"]);
    await workplace.stack.destroy();
  });
});

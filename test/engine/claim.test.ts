import assert from "node:assert/strict";
import * as fs from "node:fs";

import { alive, soracomHalf } from "./interrupts";
import { Timeline } from "./timeline";
import { patience, skipWithoutEngine, Workplace } from "./workplace";

describe("the claim, with the engine", function () {
  this.timeout(patience);
  const places: Workplace[] = [];
  const open = async (...args: Parameters<typeof Workplace.open>) => {
    const place = await Workplace.open(...args);
    places.push(place);
    return place;
  };

  before(function () {
    skipWithoutEngine(this);
  });
  afterEach(async () => {
    for (const place of places.splice(0).reverse()) await place.close();
  });

  it("is in the state before anything else starts, at AWS as well, and goes last", async () => {
    const { stack } = await open("dev");
    const up = new Timeline();
    await stack.up({ onEvent: up.listen });
    const isComponent = ({ type }: { type: string }) =>
      /^(canal-ftp:index:|pulumi:|awsx:)/.test(type);
    const others = (timeline: Timeline) =>
      timeline.steps.filter((one) => !isComponent(one) && !one.name.endsWith("-soracom-claim"));
    const created = up.step("create", "-soracom-claim");
    const early = others(up).filter(({ start }) => start < created.end!);
    assert.deepEqual(
      early.map(({ name }) => name),
      [],
    );
    assert.ok(others(up).length > 50);

    const down = new Timeline();
    await stack.destroy({ onEvent: down.listen });
    const deleted = down.step("delete", "-soracom-claim");
    const late = others(down).filter(({ end }) => end! > deleted.start);
    assert.deepEqual(
      late.map(({ name }) => name),
      [],
    );
  });

  it("is not made with a key that lacks permissions, and nothing else is, at SORACOM or AWS", async () => {
    const place = await open("dev");
    const permission = JSON.stringify({ statements: [{ effect: "allow", api: "*:get*" }] });
    place.soracom.world.user = { name: "ci", permission };
    await assert.rejects(place.stack.up(), /The SAM user ci lacks permissions: .*Sim:putTags/);
    const { vpgs, groups } = place.soracom.world.snapshot();
    assert.deepEqual([vpgs, groups], [[], []]);
    const { TWIN_ACCOUNT: account } = place.env;
    const made = (fs.readdirSync(account, { recursive: true, withFileTypes: true }) as fs.Dirent[])
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    assert.deepEqual(made, []);
  });

  it("two stacks of one name on two backends have two VPGs, and each destroy takes its own only", async () => {
    const program = soracomHalf([]);
    const first = await open("dev", { program });
    const second = await open("dev", { program, soracom: first.soracom });
    assert.notEqual(first.env.PULUMI_BACKEND_URL, second.env.PULUMI_BACKEND_URL);
    await Promise.all([first.stack.up(), second.stack.up()]);
    const live = () =>
      first.soracom.world
        .snapshot()
        .vpgs.filter(({ status }) => status !== "terminated")
        .map(({ vpgId }) => vpgId);
    assert.deepEqual(alive(first).slice(0, 3), [2, 2, 2]);
    const [ofFirst, ofSecond] = [first, second].map((place) =>
      live().filter((vpgId) => place.stateText().includes(vpgId)),
    );
    assert.deepEqual([ofFirst.length, ofSecond.length], [1, 1]);
    assert.notDeepEqual(ofFirst, ofSecond);

    await first.stack.destroy();
    assert.deepEqual([live(), alive(first).slice(0, 3)], [ofSecond, [1, 1, 1]]);
    const { changeSummary } = await second.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"]);
    await second.stack.destroy();
    assert.deepEqual(alive(first).slice(0, 3), [0, 0, 0]);
  });
});

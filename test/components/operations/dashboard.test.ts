import assert from "node:assert/strict";

import { type DashboardFacts, dashboardBody } from "../../../components/operations/dashboard";
import { telemetryLine as canaryLine } from "../../../lambdas/canary/telemetry";
import { measuredSteps } from "../../../lambdas/canary/steps";

const facts: DashboardFacts = {
  region: "ap-northeast-1",
  loginFunction: "login",
  serverId: "s-1",
  logNamespace: "CanalFtp/site",
  alarmArns: ["arn:1", "arn:2"],
};
const everything: DashboardFacts = {
  ...facts,
  canaryFunction: "canary",
  uploads: { function: "worker", deadLetters: "dead" },
};

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly alarms?: string[];
    readonly region?: string;
    readonly metrics?: unknown[][];
  };
}

const widgetsOf = (given: DashboardFacts) =>
  (dashboardBody(given) as { widgets: Widget[] }).widgets;
const metricsOf = (given: DashboardFacts) =>
  widgetsOf(given).flatMap(({ properties }) => properties.metrics ?? []);

describe("the dashboard's body", () => {
  it("begins with the alarms, and no widget covers another or leaves the grid of 24", () => {
    const widgets = widgetsOf(everything);
    assert.deepEqual(widgets[0].properties.alarms, facts.alarmArns);
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      assert.ok(x >= 0 && x + width <= 24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          assert.ok(!cells.has(`${column} ${row}`), `${column} ${row} is covered twice`);
          cells.add(`${column} ${row}`);
        }
      }
    }
  });

  it("names only what the site has", () => {
    const titles = (given: DashboardFacts) =>
      widgetsOf(given).map(({ properties }) => properties.title);
    assert.deepEqual(titles(facts), [
      "Alarms",
      "Logins",
      "Login, milliseconds",
      "Bytes",
      "Uploads",
      "Errors",
    ]);
    assert.ok(titles(everything).includes("Canary, milliseconds"));
    assert.doesNotMatch(JSON.stringify(dashboardBody(facts)), /undefined|AWS\/SQS|Canary/);
    for (const name of ["canary", "worker", "dead", "login", "s-1"]) {
      assert.ok(JSON.stringify(dashboardBody(everything)).includes(`"${name}"`), name);
    }
  });

  it("shows each of the canary's steps by the metric its line has", () => {
    const milliseconds = Object.fromEntries(measuredSteps.map((step) => [step, 1]));
    const line = canaryLine({ address: "10.0.0.5", milliseconds }, "canary", 0);
    const shown = metricsOf(everything)
      .filter(([, , , of]) => of === "canary")
      .map(([, name]) => String(name));
    assert.equal(shown.length, measuredSteps.length);
    const written = JSON.parse(line) as Record<string, unknown>;
    for (const name of shown) assert.equal(written[name], 1, name);
  });

  it("counts cut uploads where the alarm does: by events, or in the log without", () => {
    const partial = (given: DashboardFacts) =>
      metricsOf(given).filter(([, name]) => name === "PartialUploads");
    assert.deepEqual(partial(facts), [["CanalFtp/site", "PartialUploads"]]);
    assert.deepEqual(partial(everything), [
      ["CanalFtp", "PartialUploads", "FunctionName", "worker"],
    ]);
  });
});

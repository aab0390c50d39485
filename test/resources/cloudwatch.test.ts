import assert from "node:assert/strict";

import { created } from "./support";

describe("resources/cloudwatch", () => {
  it("a rule belongs to the default bus, and a target has an id of its own", () => {
    const { id, outputs } = created("aws:cloudwatch/eventRule:EventRule", "rule");
    assert.equal(outputs.arn, `arn:aws:events:eu-west-1:210987654321:rule/${id}`);
    const target = created("aws:cloudwatch/eventTarget:EventTarget", "t", { rule: id });
    assert.equal(target.id, `${id}-${String(target.outputs.targetId)}`);
  });

  it("a dashboard belongs to no region, a log group and an alarm to one", () => {
    const arn = (type: string, inputs: object) =>
      String(created(`aws:cloudwatch/${type}`, "name", { ...inputs }).outputs.arn);
    const dashboard = created("aws:cloudwatch/dashboard:Dashboard", "d", { dashboardName: "site" });
    assert.equal(dashboard.outputs.dashboardArn, "arn:aws:cloudwatch::210987654321:dashboard/site");
    assert.equal(
      arn("logGroup:LogGroup", { name: "log" }),
      "arn:aws:logs:eu-west-1:210987654321:log-group:log",
    );
    assert.equal(
      arn("metricAlarm:MetricAlarm", { name: "alarm" }),
      "arn:aws:cloudwatch:eu-west-1:210987654321:alarm:alarm",
    );
  });
});

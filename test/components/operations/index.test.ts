import assert from "node:assert/strict";

import { alarmsOf } from "../../../components/operations/alarms";
import { usualLimits } from "../../../components/operations/limits";
import { everyLimit, makeOperations } from "./support";

const ofType = (types: readonly string[], type: string) => types.filter((each) => each === type);

const tags = { project: "p", stack: "s", environment: "e" };
/** With all that is made only when configured. */
const full = { tags, budgetUsd: 500, alarmEmails: ["ops@example.com"] };

describe("components/Operations", () => {
  it("makes the alarms that are defined, each with its topic, also for its end", async () => {
    const { child, types } = await makeOperations();
    const watched = { limits: everyLimit, canaryMinutes: 5, hasUploadEvents: true };
    const definitions = alarmsOf(watched);
    assert.equal(ofType(types, "MetricAlarm").length, definitions.length);
    for (const { suffix, metricName } of definitions) {
      const { inputs } = child(suffix);
      assert.equal(inputs.metricName, metricName);
      assert.deepEqual(inputs.alarmActions, [child("alarms").id]);
      assert.deepEqual(inputs.okActions, [child("alarms").id]);
      assert.match(
        String(inputs.alarmDescription),
        new RegExp(`\\(docs/operations\\.md, ${suffix}\\)$`),
      );
    }
  });

  it("watches a site without canary and events by what it has", async () => {
    const { types, resources } = await makeOperations({
      hasCanary: false,
      hasUploadEvents: false,
      limits: undefined,
    });
    const suffixes = resources
      .filter(({ type }) => type.endsWith(":MetricAlarm"))
      .map(({ name }) => name.slice("ops-".length));
    assert.deepEqual(suffixes.sort(), [
      "bytes-in",
      "errors",
      "failed-logins",
      "failing-names",
      "locked-users",
      "partial-uploads",
      "server-errors",
      "slow-logins",
      "store-errors",
      "throttles",
    ]);
    assert.equal(ofType(types, "LogMetricFilter").length, 3);
  });

  it("takes single limits and leaves the others as usual", async () => {
    const { child } = await makeOperations({ limits: { failedLogins: 7 } });
    assert.equal(child("failed-logins").inputs.threshold, 7);
    assert.equal(child("server-errors").inputs.threshold, usualLimits.serverErrors);
  });

  it("counts in the server's own log, in a namespace of this stack, and nothing that is not used", async () => {
    const { resources, child } = await makeOperations();
    const filters = resources.filter(({ type }) => type.endsWith(":LogMetricFilter"));
    const log = resources.find(({ name }) => name === "server-log")!;
    assert.deepEqual(filters.map(({ name }) => name).sort(), [
      "ops-server-errors-count",
      "ops-uploads-count",
    ]);
    for (const { inputs } of filters) {
      assert.equal(inputs.logGroupName, log.outputs.name);
      const { namespace, value } = inputs.metricTransformation as Record<string, string>;
      assert.deepEqual([namespace, value], ["CanalFtp/ops", "1"]);
    }
    assert.match(String(child("uploads-count").inputs.pattern), /users\/canary/);
    const { child: withoutCanary } = await makeOperations({ hasCanary: false });
    assert.doesNotMatch(String(withoutCanary("uploads-count").inputs.pattern), /canary/);
  });

  it("mails the given addresses, and no others", async () => {
    const noEmails = await makeOperations();
    assert.ok(!noEmails.types.includes("TopicSubscription"));
    const { child } = await makeOperations(full);
    const { endpoint, protocol, topic } = child("mail-ops@example.com").inputs;
    assert.deepEqual([endpoint, protocol, topic], ["ops@example.com", "email", child("alarms").id]);
  });

  it("has a dashboard with every alarm, or none", async () => {
    const { resources, child } = await makeOperations();
    const { widgets } = JSON.parse(String(child("dashboard").inputs.dashboardBody)) as {
      widgets: { type: string; properties: { alarms?: string[]; region?: string } }[];
    };
    const arns = resources
      .filter(({ type }) => type.endsWith(":MetricAlarm"))
      .map(({ outputs }) => outputs.arn);
    assert.deepEqual(widgets[0].properties.alarms?.sort(), arns.sort());
    assert.equal(widgets[1].properties.region, "ap-northeast-1");
    const { types } = await makeOperations({ dashboard: false });
    assert.ok(!types.includes("Dashboard"));
  });

  it("has a budget only when configured, for those who get the alarms", async () => {
    const { types } = await makeOperations();
    assert.ok(!types.includes("Budget"));
    const { child } = await makeOperations(full);
    const { limitAmount, notifications } = child("budget").inputs;
    assert.equal(limitAmount, "500");
    const notified = (notifications as { subscriberEmailAddresses: string[] }[]).map(
      ({ subscriberEmailAddresses }) => subscriberEmailAddresses,
    );
    assert.deepEqual(notified, [["ops@example.com"], ["ops@example.com"]]);
  });

  it("tags what can be tagged, and protects nothing: all of it can be made again", async () => {
    const { resources } = await makeOperations(full);
    const own = resources.filter(({ name }) => name.startsWith("ops-"));
    const taggable = own.filter(({ type }) => /:(MetricAlarm|Topic|Budget)$/.test(type));
    assert.equal(taggable.length, 15);
    for (const { name, inputs } of taggable) assert.deepEqual(inputs.tags, tags, name);
    assert.ok(own.every(({ protect }) => !protect));
  });
});

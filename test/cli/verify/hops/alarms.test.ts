import assert from "node:assert/strict";

import { judgeSubscriptions } from "../../../../cli/verify/hops/alarms";
import { runIt, withTwin } from "../support";

describe("verify: alarms", function () {
  this.timeout(60_000);
  const confirmed = {
    SubscriptionArn: "arn:aws:sns:ap-northeast-1:123456789012:alarms:0a1b",
    ...{ Protocol: "email", Endpoint: "ops@example.com" },
  };
  const pending = { ...confirmed, SubscriptionArn: "PendingConfirmation" };

  it("is ok with one confirmed subscriber, and names those that are not", () => {
    const { state, found } = judgeSubscriptions([confirmed, pending], true);
    assert.deepEqual([state, found], ["ok", "1 confirmed, email ops@example.com not confirmed"]);
  });

  it("is broken when no subscription is confirmed", () => {
    const { state, found, remedy } = judgeSubscriptions([pending], false);
    assert.deepEqual([state, found], ["failed", "not confirmed: email ops@example.com"]);
    assert.match(remedy ?? "", /No alarm is delivered/);
  });

  it("is a note without any, with a remedy in prod", () => {
    assert.equal(judgeSubscriptions([], false).remedy, undefined);
    const { state, remedy } = judgeSubscriptions([], true);
    assert.equal(state, "note");
    assert.match(remedy ?? "", /No address receives the alarms/);
  });

  for (const [emails, expected] of [
    ["[]", ["note", "none"]],
    ['["a@example.com","b@example.com"]', ["ok", "2 confirmed"]],
  ] as const) {
    it(`of the twin of prod with alarmEmails ${emails}`, async () => {
      const prod = `config:\n  canal-ftp:base: prod\n  canal-ftp:alarmEmails: ${emails}`;
      const changes = [["Pulumi.dev.yaml", "config:", prod]] as const;
      await withTwin({ changes }, async ({ data, program }) => {
        const args = ["--stack", "dev", "--twin", "--data", data, "--json"];
        const { document } = await runIt(args, { root: program });
        const { findings } = document().hops.find(({ hop }) => hop === "alarms")!;
        assert.deepEqual([findings[0].state, findings[0].found], expected);
      });
    });
  }
});

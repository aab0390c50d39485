import assert from "node:assert/strict";

import { noSubscriber, subscriberNotice } from "../../stacks/alarm-subscribers";
import { evaluateStack } from "../support/golden";

describe("stacks/alarm-subscribers", function () {
  this.timeout(60_000);
  it("notices prod without addresses only", () => {
    const notice = (environment: "dev" | "prod", addresses: string[]) =>
      subscriberNotice({ environment, operations: { alarmEmails: addresses } as never });
    assert.equal(notice("prod", []), noSubscriber);
    assert.equal(notice("prod", ["ops@example.com"]), undefined);
    assert.equal(notice("dev", []), undefined);
  });

  it("an update of prod warns", async () => {
    // Without an engine Pulumi prints warnings to the console.
    const { warn } = console;
    let warnings = "";
    console.warn = (text: string) => void (warnings += text);
    try {
      await evaluateStack("prod", { "canal-ftp:alarmEmails": '["ops@example.com"]' });
      await evaluateStack("dev");
      assert.ok(!warnings.includes(noSubscriber));
      await evaluateStack("prod");
      assert.ok(warnings.includes(noSubscriber));
    } finally {
      console.warn = warn;
    }
  });
});

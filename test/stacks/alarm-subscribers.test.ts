import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";

import { noSubscriber, subscriberNotice } from "../../stacks/alarm-subscribers";
import { root } from "../support/stack-values";

describe("stacks/alarm-subscribers", function () {
  this.timeout(60_000);
  it("notices prod without addresses only", () => {
    const notice = (environment: "dev" | "prod", addresses: string[]) =>
      subscriberNotice({ environment, operations: { alarmEmails: addresses } as never });
    assert.equal(notice("prod", []), noSubscriber);
    assert.equal(notice("prod", ["ops@example.com"]), undefined);
    assert.equal(notice("dev", []), undefined);
  });

  // In a process of its own: Pulumi's log goes to the engine of an earlier test otherwise.
  it("the program of prod warns, and dev's does not", () => {
    const warnings = (stack: string) => {
      const script = path.join(root, "cli", "canal-ftp.cjs");
      const options = { cwd: root, encoding: "utf8" } as const;
      return spawnSync(process.execPath, [script, "cost", "--stack", stack], options).stderr;
    };
    assert.ok(warnings("prod").includes(noSubscriber));
    assert.ok(!warnings("dev").includes(noSubscriber));
  });
});

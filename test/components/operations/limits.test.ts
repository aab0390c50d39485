import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import { usualLimits } from "../../../components/operations/limits";
import { root } from "../../support/stack-values";

describe("operations/limits", () => {
  const text = fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8");
  const { config } = parse(text) as { config: Record<string, { default: unknown }> };

  it("are the defaults of Pulumi.yaml's alarms", () => {
    const settings = Object.entries(config)
      .filter(([key]) => key.startsWith("alarm") && key !== "alarmEmails")
      .map(([key, setting]) => [key, setting.default]);
    const limits = Object.entries(usualLimits).map(([limit, value]) => [
      `alarm${limit[0].toUpperCase()}${limit.slice(1)}`,
      value,
    ]);
    assert.deepEqual(Object.fromEntries(limits), Object.fromEntries(settings));
  });

  it("report one lock, and no hour without uploads, which is normal at some sites", () => {
    assert.deepEqual([usualLimits.lockouts, usualLimits.quietHours], [1, 0]);
  });
});

import assert from "node:assert/strict";

import * as fs from "node:fs";
import * as path from "node:path";

import type { BusEvent } from "../../twin/events/transfer-events";
import { CompatibilityReport } from "../../twin/compatibility/report";
import type { Finding } from "../../twin/compatibility/finding";
import { runTwin, type RunningTwin } from "../support/running-twin";

describe("twin, data ports of a source address", () => {
  let running: RunningTwin;
  afterEach(() => running.stop());

  /** Uploads that stay open; gives the replies to PASV. */
  async function passive(count: number): Promise<string[]> {
    const replies: string[] = [];
    for (let index = 0; index < count; index++) {
      const client = await running.client();
      const { message } = await client.sendIgnoringError("PASV");
      replies.push(message);
    }
    return replies;
  }

  it("are nine for the gateway of a Type-F VPG, and the report names the tenth session's 425", async () => {
    running = await runTwin();
    assert.equal(running.twin.deviceAddresses, 1);
    const replies = await passive(10);
    assert.deepEqual(
      replies.map((reply) => reply.slice(0, 3)),
      [...Array.from({ length: 9 }, () => "227"), "425"],
    );
    const findings: Finding[] = [];
    const report = new CompatibilityReport({
      finding: (_, finding) => findings.push(finding),
      summary: () => undefined,
    });
    running.events.forEach((event, at) => report.handle({ at, event }));
    const [finding] = findings.filter(({ rule }) => rule === "passive-ports-taken");
    assert.match(finding.problem, /The reply to PASV was 425: .* from 100\.64\.0\.10 /);
  });

  it("belong to several addresses that sessions take in turn, as events show", async () => {
    running = await runTwin({ deviceAddresses: 2 });
    for (const name of ["a", "b", "c"]) await (await running.client()).send(`MKD ${name}`);
    const log = path.join(running.twin.files, "..", "..", "events.jsonl");
    const events = fs.readFileSync(log, "utf8").trim().split("\n");
    assert.deepEqual(
      events.map((line) => (JSON.parse(line) as BusEvent).detail["client-ip"]),
      ["100.64.0.10", "100.64.0.11", "100.64.0.10"],
    );
  });
});

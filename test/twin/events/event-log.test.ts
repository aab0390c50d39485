import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { LogFile } from "../../../twin/log-file";
import { EventLog } from "../../../twin/events/event-log";
import { temporaryFolder } from "../queue/support";

describe("EventLog", () => {
  it("has written an event, a line of JSON, when it gives it; of what is none it writes nothing", () => {
    const folder = temporaryFolder();
    try {
      const file = path.join(folder.path, "events.jsonl");
      const log = new EventLog(new LogFile(file, assert.fail), {
        serverId: "s-0123456789abcdef0",
        serverArn: "arn:aws:transfer:eu-west-1:123456789012:server/s-0123456789abcdef0",
        clientIp: "100.64.0.10",
      });
      const at = new Date("2026-11-26T01:02:03Z");
      const common = { session: "a", user: "cam" } as const;
      assert.equal(log.record({ kind: "command", session: "a", line: "NOOP" }, at), undefined);
      assert.ok(!fs.existsSync(file));
      const change = {
        kind: "change",
        change: "delete",
        path: "/a\nb",
        location: "/x/a\nb",
      } as const;
      const results = [
        log.record({ ...common, ...change }, at),
        log.record({ ...common, ...change }, at),
      ];
      const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
      assert.deepEqual(
        lines.map((line) => JSON.parse(line) as unknown),
        results,
      );
    } finally {
      folder.remove();
    }
  });
});

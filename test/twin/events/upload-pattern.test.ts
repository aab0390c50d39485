import assert from "node:assert/strict";

import { uploadPattern } from "../../../components/internal/upload-policies";
import { parsePattern } from "../../../lib/event-pattern";
import { transferEvent } from "../../../twin/events/transfer-events";

describe("event pattern of uploads, on the twin's own events", () => {
  const serverId = "s-0123456789abcdef0";
  const source = {
    serverId,
    serverArn: `arn:aws:transfer:ap-northeast-1:123456789012:server/${serverId}`,
    clientIp: "100.64.0.10",
  };
  const transfer = {
    kind: "transfer",
    session: "0123456789abcdef",
    user: "camera01",
    direction: "upload",
    path: "/a.jpg",
    location: "/bucket/users/camera01/a.jpg",
    bytes: 12,
    milliseconds: 500,
    outcome: "completed",
  } as const;
  const isMatch = (change: Partial<typeof transfer> | Record<string, unknown>, of = serverId) => {
    const event = transferEvent({ ...transfer, ...change } as never, new Date(), source)!;
    return parsePattern(JSON.stringify(uploadPattern(of, "canary")))({ ...event });
  };

  it("matches complete, interrupted and failed uploads and renames, and nothing else", () => {
    for (const outcome of ["completed", "partial", "failed"]) assert.ok(isMatch({ outcome }));
    assert.ok(!isMatch({ direction: "download" }));
    assert.ok(!isMatch({ kind: "change", change: "delete" }));
    assert.ok(isMatch({ kind: "change", change: "rename", newLocation: "/bucket/b.jpg" }));
  });

  it("excludes the uploads of another server and of the canary's user", () => {
    assert.ok(!isMatch({}, "s-fedcba98765432100"));
    assert.ok(!isMatch({ user: "canary" }));
  });
});

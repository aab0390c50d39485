import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { LogGroupFolder, logGroupFolder, ServerLog } from "../../../twin/events/server-log";
import type { FileOperation, FtpEvent } from "../../../twin/ftp/events";

const arn = "arn:aws:transfer:ap-northeast-1:123456789012:server/s-0123456789abcdef0";
const session = "0049cd844c7536c06a89";
const user = "camera01";
const location = "/bucket/users/camera01/a.jpg";
const role = { arn: "arn:aws:iam::123456789012:role/files", homeDirectory: "LOGICAL" };
const login: FtpEvent = { kind: "login", session, user, granted: true, role };
const file = (operation: FileOperation["operation"]) => ({ user, operation, location });
const transfer = {
  kind: "transfer" as const,
  ...{ session, user, path: "/a.jpg", location, bytes: 121, milliseconds: 5 },
};

describe("the server's structured log", () => {
  let log: ServerLog;
  beforeEach(() => (log = new ServerLog(arn)));
  const line = (event: FtpEvent) => log.lineOf(event, "10.0.0.141");
  const own = { "resource-arn": arn, "session-id": session };

  it("has a line in the user's stream for every activity, in AWS's fields", () => {
    const activity = (type: string, fields: object) => ({
      stream: user,
      fields: { ...fields, "activity-type": type, ...own },
    });
    const cases: [FtpEvent, object | undefined][] = [
      [
        login,
        activity("CONNECTED", {
          ...{ role: role.arn, "home-dir": "LOGICAL", user, "source-ip": "10.0.0.141" },
        }),
      ],
      [
        { kind: "opened", session, file: file("upload") },
        activity("OPEN", { mode: "CREATE|TRUNCATE|WRITE", path: location }),
      ],
      [
        { ...transfer, direction: "upload", outcome: "completed" },
        activity("CLOSE", { path: location, "bytes-in": "121" }),
      ],
      [
        { ...transfer, direction: "upload", outcome: "partial" },
        activity("PARTIAL_CLOSE", { path: location, "bytes-in": "121" }),
      ],
      [
        { kind: "opened", session, file: file("download") },
        activity("OPEN", { mode: "READ", path: location }),
      ],
      [
        { ...transfer, direction: "download", outcome: "completed" },
        activity("CLOSE", { path: location, "bytes-out": "121" }),
      ],
      [
        { ...transfer, direction: "upload", outcome: "failed" },
        activity("ERROR", { operation: "CLOSE", path: location, message: "The storage failed." }),
      ],
      ...(
        [
          ["delete", "DELETE"],
          ["rename", "RENAME"],
          ["make-directory", "MKDIR"],
          ["remove-directory", "RMDIR"],
        ] as const
      ).map(([change, type]): [FtpEvent, object] => [
        { kind: "change", session, user, change, path: "/a.jpg", location },
        activity(type, { path: location }),
      ]),
      [
        { kind: "refused", session, reason: "denied", file: file("delete") },
        activity("ERROR", { operation: "DELETE", path: location, message: "denied", user }),
      ],
      [{ kind: "refused", session, reason: "no file" }, undefined],
      [{ kind: "closed", session, reason: "QUIT" }, activity("DISCONNECTED", {})],
    ];
    for (const [event, expected] of cases) assert.deepEqual(line(event), expected, event.kind);
  });

  it("has refused logins in the stream ERRORS, without a session", () => {
    assert.deepEqual(line({ kind: "login", session, user: "nobody", granted: false }), {
      stream: "ERRORS",
      fields: {
        method: "password",
        "activity-type": "AUTH_FAILURE",
        "source-ip": "10.0.0.141",
        "resource-arn": arn,
        message: "Invalid user name or password",
        user: "nobody",
      },
    });
  });

  it("has nothing of a connection that never logged in", () => {
    assert.equal(line({ kind: "closed", session, reason: "idle" }), undefined);
  });
});

describe("a log group's folder", () => {
  it("has a file for each stream; one that cannot be written is reported once", () => {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), "log-group-"));
    const faults: string[] = [];
    const folder = logGroupFolder(data, "/aws/transfer/site");
    assert.equal(folder, path.join(data, "logs", "aws", "transfer", "site"));
    const group = new LogGroupFolder(folder, (text) => faults.push(text));
    group.append({ stream: "camera01", fields: { path: "a" } });
    group.append({ stream: "camera01", fields: { path: "b" } });
    const file = path.join(folder, "camera01.jsonl");
    assert.equal(fs.readFileSync(file, "utf8"), '{"path":"a"}\n{"path":"b"}\n');
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, "not a folder");
    group.append({ stream: "camera01", fields: {} });
    group.append({ stream: "camera01", fields: {} });
    assert.equal(faults.length, 1);
    fs.rmSync(data, { recursive: true });
  });
});

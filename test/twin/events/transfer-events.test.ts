import assert from "node:assert/strict";
import { transferEvent } from "../../../twin/events/transfer-events";
import type { ChangeKind, FileOperation, FtpEvent } from "../../../twin/ftp/events";

const at = new Date("2026-11-24T03:00:01.500Z");
const source = {
  serverId: "s-0123456789abcdef0",
  serverArn: "arn:aws:transfer:ap-northeast-1:123456789012:server/s-0123456789abcdef0",
  clientIp: "100.64.0.10",
};
const upload = {
  kind: "transfer",
  session: "0123456789abcdef",
  user: "camera01",
  direction: "upload",
  path: "/a.jpg",
  location: "/bucket/users/camera01/a.jpg",
  bytes: 12,
  milliseconds: 500,
  outcome: "completed",
  etag: "abc",
} as const;

type Operation = FileOperation["operation"];
const change = (kind: ChangeKind): FtpEvent => ({
  ...{ kind: "change", session: "a", user: "u", change: kind, path: "/x", location: "/bucket/x" },
  ...(kind === "rename" && { newLocation: "/bucket/y" }),
});
const refused = (operation: Operation): FtpEvent => ({
  ...{ kind: "refused", session: "a", reason: "denied by the role" },
  file: { user: "u", operation, location: "/bucket/x", newLocation: "/bucket/y" },
});

describe("Transfer Family's events", () => {
  it("of an upload have the documented fields", () => {
    const event = transferEvent(upload, at, source);
    assert.ok(event);
    const { id, ...rest } = event;
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      version: "0",
      "detail-type": "FTP Server File Upload Completed",
      source: "aws.transfer",
      account: "123456789012",
      time: "2026-11-24T03:00:01Z",
      region: "ap-northeast-1",
      resources: [source.serverArn],
      detail: {
        protocol: "FTP",
        "server-id": "s-0123456789abcdef0",
        username: "camera01",
        "session-id": "0123456789abcdef",
        "client-ip": "100.64.0.10",
        "file-path": "/bucket/users/camera01/a.jpg",
        "start-timestamp": "2026-11-24T03:00:01.000000000Z",
        "end-timestamp": "2026-11-24T03:00:01.500000000Z",
        bytes: 12,
        etag: "abc",
        "status-code": "COMPLETED",
      },
    });
  });

  const cases: [string, FtpEvent, string, string | undefined][] = [
    ["a cut upload", { ...upload, outcome: "partial" }, "File Upload Failed", "PARTIAL_UPLOAD"],
    [
      "a cut download",
      { ...upload, direction: "download", outcome: "partial" },
      "File Download Failed",
      "PARTIAL_DOWNLOAD",
    ],
    ["a failure", { ...upload, outcome: "failed" }, "File Upload Failed", "UNKNOWN_ERROR"],
    ["a download", { ...upload, direction: "download" }, "File Download Completed", undefined],
    ["a delete", change("delete"), "File Delete Completed", undefined],
    ["a rename", change("rename"), "File Rename Completed", undefined],
    ["a new folder", change("make-directory"), "Directory Create Completed", undefined],
    ["a removed folder", change("remove-directory"), "Directory Delete Completed", undefined],
    ["a refused delete", refused("delete"), "File Delete Failed", "UNKNOWN_ERROR"],
    ["a refused rename", refused("rename"), "File Rename Failed", "UNKNOWN_ERROR"],
    ["a refused folder", refused("make-directory"), "Directory Create Failed", "UNKNOWN_ERROR"],
  ];
  for (const [what, event, type, failure] of cases) {
    it(`of ${what}`, () => {
      const made = transferEvent(event, at, source);
      assert.equal(made?.["detail-type"], `FTP Server ${type}`);
      assert.equal(made?.detail["status-code"], type.endsWith("Failed") ? "FAILED" : "COMPLETED");
      assert.equal(made?.detail["failure-code"], failure);
    });
  }

  it("name their paths as AWS documents it: of a rename both, of folders the folder's", () => {
    const pathsOf = (event: FtpEvent) =>
      Object.entries(transferEvent(event, at, source)!.detail).filter(([name]) =>
        /path/.test(name),
      );
    const renamed = [
      ["original-file-path", "/bucket/x"],
      ["renamed-file-path", "/bucket/y"],
    ];
    assert.deepEqual(pathsOf(change("rename")), renamed);
    assert.deepEqual(pathsOf(refused("rename")), renamed);
    assert.deepEqual(pathsOf(change("make-directory")), [["directory-path", "/bucket/x"]]);
    assert.deepEqual(pathsOf(change("delete")), [["file-path", "/bucket/x"]]);
    const { detail } = transferEvent(change("rename"), at, source)!;
    assert.ok(!("bytes" in detail) && !("etag" in detail));
  });

  it("of a transfer that is denied before it begins there is none", () => {
    assert.equal(transferEvent(refused("upload"), at, source), undefined);
  });

  it("of a dialogue there are none", () => {
    assert.equal(
      transferEvent({ kind: "reply", session: "a", text: "200" }, at, source),
      undefined,
    );
  });
});

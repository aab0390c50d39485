import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { readEvidence, writeEvidence } from "../../../cli/verify/evidence";
import type { Subject } from "../../../cli/verify/subject";

describe("evidence", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-evidence-"));
  const file = path.join(folder, "evidence.json");
  after(() => fs.rmSync(folder, { recursive: true }));

  it("is written masked, without users, and read again", () => {
    const stackFile: Subject["file"] = {
      project: "canal-ftp",
      stack: "prod",
      region: "ap-northeast-1",
      awsProfile: "operator",
      allowedAccountIds: ["123456789012"],
      values: { users: '[{"name":"camera01"}]', logRetentionDays: "30" },
    };
    const calls = [
      { call: "STS GetCallerIdentity", output: { Account: "123456789012" }, milliseconds: 7 },
    ];
    const logs = { serverLogGroup: { lines: [{ message: '{"user":"camera01"}' }] } };
    writeEvidence(file, { file: stackFile }, { hops: [], calls, logs });
    assert.doesNotMatch(fs.readFileSync(file, "utf8"), /123456789012|camera01|operator/);
    const evidence = readEvidence(file);
    assert.deepEqual(evidence.config, {
      "aws:region": "ap-northeast-1",
      "aws:allowedAccountIds": ["000000000001"],
      "canal-ftp:logRetentionDays": "30",
    });
    assert.deepEqual(evidence.calls, [{ ...calls[0], output: { Account: "000000000001" } }]);
    assert.deepEqual(evidence.logs, {
      serverLogGroup: { lines: [{ message: '{"user":"user1"}' }] },
    });
    if (process.platform !== "win32") assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it("is refused when it is none", () => {
    fs.writeFileSync(file, '{"format":"other"}');
    assert.throws(() => readEvidence(file), /was not written by canal-ftp verify --record/);
    assert.throws(() => readEvidence(path.join(folder, "none.json")), /cannot be read: ENOENT/);
  });
});

import assert from "node:assert/strict";

import { readSettings } from "../../../lambdas/silent-devices/settings";

const environment = {
  STACK: "canal-ftp/prod",
  DATABASE: "canal_ftp_prod",
  WORKGROUP: "reports",
  TOPIC_ARN: "arn:aws:sns:ap-northeast-1:123456789012:mails",
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-a-real-key",
};

describe("silent-devices: settings", () => {
  it("reads what the stack sets; a day without a file is silence", () => {
    const { silentSeconds, endpoints, ...rest } = readSettings(environment);
    assert.equal(silentSeconds, 86_400);
    assert.deepEqual(endpoints, { athena: undefined, sns: undefined });
    assert.deepEqual([rest.stack, rest.workgroup], ["canal-ftp/prod", "reports"]);
    assert.equal(readSettings({ ...environment, SILENT_HOURS: "12" }).silentSeconds, 43_200);
  });

  it("names every variable that is missing or not valid", () => {
    assert.throws(() => readSettings({ ...environment, STACK: "", SILENT_HOURS: "0" }), {
      name: "BadSettings",
      message: /SILENT_HOURS, STACK$/,
    });
  });
});

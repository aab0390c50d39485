import assert from "node:assert/strict";

import type { PolicyDocument } from "../../components/internal/policies";
import { authorize } from "../../lib/iam";
import { ofType, type Resource } from "../../lib/stack/resource";
import { evaluateStack } from "../support/golden";

describe("components/silent-devices-report", function () {
  this.timeout(60_000);
  let resources: readonly Resource[];
  let usual: readonly Resource[];
  const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d";
  const named = (suffix: string) =>
    resources.find(({ name }) => name === `canal-ftp-dev-silence${suffix}`)!;
  before(async () => {
    usual = (await evaluateStack("dev")).resources;
    const config = {
      "canal-ftp:silentDevicesReport": "true",
      "canal-ftp:alarmEmails": '["ops@example.com"]',
      "canal-ftp:kmsKeyArn": kmsKeyArn,
    };
    ({ resources } = await evaluateStack("dev", config));
  });

  it("is not part of a stack that does not ask for it", () => {
    assert.ok(!usual.some(({ name }) => name.includes("-silence")));
    assert.equal(ofType(usual, "aws:athena/workgroup:Workgroup").length, 0);
  });

  it("creates topic, mails, workgroup, function and schedule, and nothing else", () => {
    const created = resources
      .filter(({ name }) => name.startsWith("canal-ftp-dev-silence"))
      .map(({ name }) => name.replace("canal-ftp-dev-silence", ""));
    assert.deepEqual(created.sort(), [
      "",
      ...["-access", "-function", "-logs", "-mail-ops@example.com", "-mails", "-permission"],
      ...["-queries", "-role", "-schedule", "-target"],
    ]);
    assert.equal(named("-schedule").inputs.scheduleExpression, "cron(0 0 * * ? *)");
    const { variables } = named("-function").inputs.environment as {
      variables: Record<string, string>;
    };
    assert.deepEqual(variables, {
      STACK: "canal-ftp/dev",
      DATABASE: "canal_ftp_dev",
      WORKGROUP: named("-queries").outputs.name,
      TOPIC_ARN: named("-mails").outputs.arn,
      SILENT_HOURS: "24",
    });
  });

  it("may query its workgroup and publish to its topic, and nothing more", () => {
    const document = String(named("-access").inputs.policy);
    const allows = (action: string, resource: unknown) =>
      authorize({
        ...{ action, resource: String(resource), context: {} },
        principal: {
          ...{ type: "role", roleArn: String(named("-role").outputs.arn), sessionName: "report" },
        },
        identityPolicies: [{ source: "access", document }],
        resourcePolicies: [],
      }).allowed;
    const bucket = resources.find(({ name }) => name === "canal-ftp-dev-uploads-log-bucket")!;
    const files = resources.find(({ name }) => name === "canal-ftp-dev-files-bucket")!;
    for (const action of ["StartQueryExecution", "GetQueryExecution", "GetQueryResults"]) {
      assert.ok(allows(`athena:${action}`, named("-queries").outputs.arn), action);
      assert.ok(
        !allows(`athena:${action}`, "arn:aws:athena:ap-northeast-1:123456789012:workgroup/primary"),
      );
    }
    assert.ok(allows("sns:Publish", named("-mails").outputs.arn));
    const [alarms] = ofType(resources, "aws:sns/topic:Topic").filter(({ name }) =>
      name.endsWith("-alarms"),
    );
    assert.ok(!allows("sns:Publish", alarms.outputs.arn));
    const [log, devices] = [String(bucket.outputs.arn), String(files.outputs.arn)];
    assert.ok(allows("s3:GetObject", `${log}/uploads/dt=2026-11-28/a.json`));
    assert.ok(allows("s3:PutObject", `${log}/queries/a.csv`));
    assert.ok(!allows("s3:PutObject", `${log}/uploads/dt=2026-11-28/a.json`));
    assert.ok(!allows("s3:GetObject", `${devices}/users/cam/a.jpg`));
    const { Statement } = JSON.parse(document) as PolicyDocument;
    assert.ok(Statement.some(({ Resource }) => Resource === kmsKeyArn));
    const glue = Statement.find(({ Sid }) => Sid === "ReadTable")!.Resource as string[];
    assert.match(glue[0], /^arn:aws:glue:[^:]+:\d{12}:catalog$/);
  });
});

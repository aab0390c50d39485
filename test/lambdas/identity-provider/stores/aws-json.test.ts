import assert from "node:assert/strict";
import { AwsError, awsCall } from "../../../../lambdas/identity-provider/stores/aws-json";
import type { AwsSettings } from "../../../../lambdas/identity-provider/settings";
import { standIn, type Answer } from "../support/http-stand-in";
import { aws, dynamodb } from "../support/table";

const ok = { status: 200, body: '{"Item":{}}' };
const fault = (type: string, message = "") => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
});

/** Calls a server that gives these answers in turn; the last one again and again. */
async function calling(answers: (Answer | "cut")[], settings: Partial<AwsSettings> = {}) {
  const server = await standIn(({ socket }) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "cut") socket.destroy();
    return answer === "cut" ? undefined : answer;
  });
  try {
    const call = awsCall({ ...dynamodb, endpoint: server.endpoint }, { ...aws, ...settings });
    const result = await call("GetItem", { Key: "secret-in-the-request" }).catch(
      (error: unknown) => error as AwsError,
    );
    return { result, code: (result as AwsError).code, times: server.received.length, server };
  } finally {
    await server.close();
  }
}

describe("Calls of AWS", () => {
  it("are signed posts to the service's operation", async () => {
    const { result, server } = await calling([ok]);
    assert.deepEqual(result, { Item: {} });
    const { headers, body } = server.received[0];
    assert.equal(headers["x-amz-target"], "DynamoDB_20120810.GetItem");
    assert.equal(headers["content-type"], "application/x-amz-json-1.0");
    assert.match(headers.authorization ?? "", /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
    assert.equal(body, '{"Key":"secret-in-the-request"}');
  });

  it("are tried again when that may help", async () => {
    const passing = [
      { status: 500, body: "" },
      { status: 503, body: "<html>" },
      { status: 429, body: "" },
      fault("ProvisionedThroughputExceededException"),
      fault("ThrottlingException"),
      fault("RequestLimitExceeded"),
      fault("InternalServerError"),
      "cut" as const,
    ];
    for (const first of passing) {
      const { result, times } = await calling([first, ok]);
      assert.deepEqual(result, { Item: {} }, JSON.stringify(first));
      assert.equal(times, 2);
    }
  });

  it("are not tried again when it cannot help", async () => {
    for (const code of [
      "ConditionalCheckFailedException",
      "ResourceNotFoundException",
      "ValidationException",
    ]) {
      const failed = await calling([fault(code), ok]);
      assert.equal(failed.code, code);
      assert.equal(failed.times, 1);
    }
  });

  it("end also when a part of the response never arrives", async () => {
    const started = performance.now();
    const { code, times } = await calling([undefined], { timeoutMs: 50 });
    assert.equal(code, "Timeout");
    assert.equal(times, 2);
    assert.ok(performance.now() - started < 900);
  });

  it("fail when there is no listener", async () => {
    const server = await standIn(() => ok);
    await server.close();
    const call = awsCall({ ...dynamodb, endpoint: server.endpoint }, aws);
    await assert.rejects(call("GetItem", {}), { name: "AwsError", code: "Unreachable" });
  });

  it("fail at an answer that is none, or without end", async () => {
    assert.equal((await calling([{ status: 200, body: "hello" }])).code, "BadAnswer");
    assert.equal((await calling([{ status: 200, body: "7" }])).code, "BadAnswer");
    const endless = `{"a":"${"x".repeat(3 * 1024 * 1024)}"}`;
    assert.equal((await calling([{ status: 200, body: endless }])).code, "BadAnswer");
  });

  it("fail without naming what was requested or signed with", async () => {
    const quoting = "canonical string: x-amz-security-token:TOKEN secret-in-the-request";
    for (const type of ["InvalidSignatureException", "ValidationException"]) {
      const { result } = await calling([fault(type, quoting)]);
      assert.equal((result as Error).message, `GetItem: ${type}`);
    }
  });

  it("fail with the name of the missing permission", async () => {
    const who =
      "User: arn:aws:sts::1:assumed-role/f is not authorized to perform: dynamodb:GetItem";
    const { result } = await calling([fault("AccessDeniedException", who)]);
    assert.match((result as Error).message, /not authorized to perform: dynamodb:GetItem/);
  });
});

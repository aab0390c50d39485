import assert from "node:assert/strict";

import { AwsApiError, type AwsApi } from "../../../cli/core/aws";
import { readLogs, Recorder } from "../../../cli/verify/recorder";
import { cliContext } from "../../support/cli-context";

const api: AwsApi = {
  call: async <T>(service: string, operation: string, input?: object) => {
    if (operation === "GetRole") throw new AwsApiError("IAM", operation, "NoSuchEntity", "gone");
    return { service, ...input } as T;
  },
};

describe("Recorder", () => {
  it("records calls with inputs, outputs, errors and times, and passes them on", async () => {
    const recorder = new Recorder();
    const context = recorder.context(
      cliContext({
        aws: () => api,
        runProgram: async () => ({ code: 0, stdout: "{}", stderr: "" }),
      }),
    );
    const aws = context.aws({ region: "ap-northeast-1" });
    assert.deepEqual(await aws.call("EC2", "DescribeVpcs", { a: 1 }), { service: "EC2", a: 1 });
    await assert.rejects(aws.call("IAM", "GetRole", { RoleName: "r" }), /NoSuchEntity/);
    await context.runProgram("pulumi", ["whoami"]);
    assert.deepEqual(
      recorder.calls.map(({ milliseconds, ...call }) => {
        assert.ok(Number.isInteger(milliseconds));
        return call;
      }),
      [
        { call: "EC2 DescribeVpcs", input: { a: 1 }, output: { service: "EC2", a: 1 } },
        {
          call: "IAM GetRole",
          input: { RoleName: "r" },
          error: {
            code: "NoSuchEntity",
            message: "AWS IAM GetRole failed: NoSuchEntity: gone",
          },
        },
        { call: "pulumi whoami", output: { code: 0, stdout: "{}", stderr: "" } },
      ],
    );
  });

  it("records nothing of users' records but that they were called", async () => {
    const recorder = new Recorder();
    const aws = recorder.context(cliContext({ aws: () => api })).aws({ region: "r" });
    await aws.call("DynamoDB", "PutItem", { Item: { password: "$scrypt$" } });
    assert.deepEqual(Object.keys(recorder.calls[0]), ["call", "milliseconds"]);
  });
});

describe("readLogs", () => {
  it("reads the last hour of each log group that the site has, or why it cannot be read", async () => {
    const inputs: object[] = [];
    const logs: AwsApi = {
      call: async <T>(_service: string, _operation: string, input: object = {}) => {
        inputs.push(input);
        if ((input as { logGroupName: string }).logGroupName === "login") throw new Error("denied");
        return { events: [{ timestamp: 1, message: "line", eventId: "e" }] } as T;
      },
    };
    const outputs = { serverLogGroup: "server", loginLogGroup: "login" };
    assert.deepEqual(await readLogs(logs, outputs, 7200), {
      serverLogGroup: { lines: [{ timestamp: 1, message: "line" }] },
      loginLogGroup: { error: "denied" },
    });
    assert.deepEqual(inputs[0], { logGroupName: "server", startTime: 3_600_000, limit: 200 });
  });
});

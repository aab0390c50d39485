import assert from "node:assert/strict";
import * as fs from "node:fs";

import type { Evidence, RecordedCall } from "../../../cli/verify/evidence";
import { replayedContext } from "../../../cli/verify/replayed";
import { cliContext } from "../../support/cli-context";

const recorded = (calls: Omit<RecordedCall, "milliseconds">[]): Evidence => ({
  format: "canal-ftp evidence 1",
  recorded: "2026-11-28T00:00:00Z",
  project: "canal-ftp",
  stack: "dev",
  config: { "aws:region": "ap-northeast-1" },
  hops: [],
  logs: {},
  calls: calls.map((call) => ({ ...call, milliseconds: 1 })),
});

describe("replayedContext", () => {
  const roots: string[] = [];
  const replay = (...calls: Omit<RecordedCall, "milliseconds">[]) => {
    const context = replayedContext(recorded(calls), cliContext());
    roots.push(context.root);
    return context;
  };
  after(() => roots.forEach((root) => fs.rmSync(root, { recursive: true })));

  it("answers a call by its input, else by its order, and the last answer again", async () => {
    const call = "IAM GetRole";
    const aws = replay(
      { call, input: { RoleName: "a" }, output: "A" },
      { call, input: { RoleName: "b" }, output: "B" },
    ).aws({ region: "r" });
    const get = (RoleName: string) => aws.call("IAM", "GetRole", { RoleName });
    assert.deepEqual([await get("b"), await get("other"), await get("x")], ["B", "A", "A"]);
  });

  it("throws the recorded error, and for a call that was not recorded", async () => {
    const error = { code: "NoSuchBucket", message: "gone" };
    const aws = replay({ call: "S3 GetBucketLocation", error }).aws({ region: "r" });
    await assert.rejects(aws.call("S3", "GetBucketLocation"), /NoSuchBucket: gone/);
    await assert.rejects(aws.call("S3", "GetBucketPolicy"), /no answer for S3 GetBucketPolicy/);
  });

  it("has a project with the recorded configuration, and runs no program", async () => {
    const output = { code: 0, stdout: "{}", stderr: "" };
    const context = replay({ call: "pulumi whoami", output });
    assert.deepEqual(await context.runProgram("pulumi", ["whoami"]), output);
    const file = fs.readFileSync(`${context.root}/Pulumi.dev.yaml`, "utf8");
    assert.match(file, /"aws:region":"ap-northeast-1"/);
  });
});

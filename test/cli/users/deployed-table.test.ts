import assert from "node:assert/strict";

import type { AwsApi, AwsTarget } from "../../../cli/core/aws";
import type { ProgramResult } from "../../../cli/core/run-program";
import { deployedTable } from "../../../cli/users/deployed-table";

const values = { "aws:region": "ap-northeast-1", "aws:profile": "site" };

/** Opens the table of stack dev, whose outputs are these. */
async function open(outputs: object, table?: string, env: NodeJS.ProcessEnv = {}) {
  const targets: AwsTarget[] = [];
  let programs = 0;
  const context = {
    env,
    aws: (target: AwsTarget) => {
      targets.push(target);
      return {} as AwsApi;
    },
    runProgram: (): Promise<ProgramResult> => {
      programs++;
      return Promise.resolve({ code: 0, stdout: JSON.stringify(outputs), stderr: "" });
    },
  };
  const location = await deployedTable(context, "dev", values, table);
  return { location, target: targets[0], programs };
}

describe("deployedTable", () => {
  it("reads table and bucket from the outputs, and calls AWS as the configuration names", async () => {
    const { location, target } = await open({ userTable: "users-1", bucket: "files-1" });
    const { description, table, bucket } = location;
    assert.deepEqual([description, table, bucket], ["stack dev", "users-1", "files-1"]);
    // A write that has begun is finished when the command is stopped.
    assert.deepEqual(target, {
      ...{ region: "ap-northeast-1", profile: "site", ignoreStop: true, endpoint: undefined },
    });
  });

  it("runs no pulumi for a table that is named", async () => {
    const { location, programs } = await open({ userTable: "users-1" }, "other");
    assert.deepEqual([location.table, location.bucket, programs], ["other", undefined, 0]);
  });

  it("calls the endpoint of the environment", async () => {
    const env = { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1" };
    assert.equal((await open({}, "users", env)).target.endpoint, "http://127.0.0.1:1");
  });

  it("states what to do without a table", async () => {
    await assert.rejects(open({}), {
      code: "unreachable",
      message: /^Stack dev has no output userTable: deploy it, or name the table with --table\.$/,
    });
  });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Tables } from "../../../twin/table/tables";
import type { AwsApi } from "../../../cli/core/aws";
import type { ProgramResult, RunProgram } from "../../../cli/core/run-program";
import { openSite } from "../../../cli/users/site";
import { root } from "../../support/golden";
import { deployedTable, setEnvironment, temporaryFolder, users } from "./support";

const noAws: AwsApi = { call: () => Promise.reject(new Error("no call is expected")) };

describe("users/site", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  /** A Pulumi CLI that ends with this result. */
  const pulumi =
    (result: Partial<ProgramResult>): RunProgram =>
    (program, args) => {
      assert.deepEqual([program, ...args].join(" "), "pulumi stack output --json --stack prod");
      return Promise.resolve({ code: 0, stdout: "", stderr: "", ...result });
    };

  describe("a deployed stack", () => {
    let table: Awaited<ReturnType<typeof deployedTable>>;
    before(async () => {
      table = await deployedTable();
    });
    after(() => table.close());

    it("has its table in the outputs, and its rules in the configuration", async () => {
      const outputs = JSON.stringify({ userTable: table.name, bucket: "files-bucket" });
      const runProgram = pulumi({ stdout: outputs });
      const { code, stdout, stderr } = await users(["list", "--stack", "prod"], { runProgram });
      assert.equal(code, 0, stderr);
      assert.equal(stdout, "There are no users in stack prod.\n");
      const context = { root, env: process.env, runProgram, aws: () => noAws };
      const site = await openSite(context, { stack: "prod" });
      assert.equal(site.space.bucketArn, "arn:aws:s3:::files-bucket");
      assert.deepEqual([site.lockout.windowSeconds, site.scrypt.N], [900, 2 ** 14]);
      await site.close();
    });

    it("reports why Pulumi does not return the table", async () => {
      for (const [result, message] of [
        [{ code: 255, stderr: "error: no stack named prod" }, /stack prod: error: no stack named/],
        [{ stdout: "{}" }, /has no output userTable: deploy it, or name the table with --table/],
        [{ code: undefined }, /pulumi is not on the PATH/],
      ] as const) {
        const runProgram = pulumi(result);
        const { code, stderr } = await users(["list", "--stack", "prod"], { runProgram });
        assert.equal(code, 1);
        assert.match(stderr, message);
      }
    });

    it("reports missing credentials", async () => {
      const restore = setEnvironment({
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_EC2_METADATA_DISABLED: "true",
        HOME: folder.path("home"),
      });
      try {
        const { code, stderr } = await users(["list", ...table.args]);
        assert.equal(code, 1);
        assert.match(stderr, /There are no AWS credentials/);
      } finally {
        restore();
      }
    });

    it("is an existing stack, without a twin's folder", async () => {
      const unknown = await users(["list", "--stack", "staging"]);
      assert.equal(unknown.code, 2);
      assert.match(unknown.stderr, /Allowed choices are dev, prod/);
      const mixed = await users(["list", "--stack", "dev", "--data", folder.path("x")]);
      assert.equal(mixed.code, 2);
      assert.match(mixed.stderr, /add --twin/);
    });
  });

  describe("a stopped twin", () => {
    const shape = (name: string) => ({
      name,
      hashKey: "pk",
      attributes: [{ name: "pk", type: "S" }],
    });

    it("is opened by its folder, and keeps changes", async () => {
      const data = folder.path("twin");
      const tables = await Tables.open(path.join(data, "tables"));
      await tables.create(shape("users"));
      await tables.close();
      const args = ["--twin", "--data", data];
      assert.equal((await users(["add", "cam-01", ...args])).code, 0);
      const { stdout } = await users(["list", ...args]);
      assert.match(stdout, /^cam-01 +read-write +active$/m);
    });

    it("requires a twin that was started before", async () => {
      const { code, stderr } = await users(["list", "--twin", "--data", folder.path("never")]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /never has no tables of a twin: start one first, with canal-ftp start --data/,
      );
      assert.ok(!fs.existsSync(folder.path("never")));
    });

    it("is not opened while another process has it open", async () => {
      const data = folder.path("busy");
      const tables = await Tables.open(path.join(data, "tables"));
      const { code, stderr } = await users(["list", "--twin", "--data", data]);
      await tables.close();
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`Process ${process.pid} has these tables open`));
    });

    it("with two tables requires --table", async () => {
      const data = folder.path("two");
      const tables = await Tables.open(path.join(data, "tables"));
      await tables.create(shape("users"));
      await tables.create(shape("other"));
      await tables.close();
      const { code, stderr } = await users(["list", "--twin", "--data", data]);
      assert.equal(code, 2);
      assert.match(stderr, /select one with --table: other, users/);
      const selected = await users(["list", "--twin", "--data", data, "--table", "users"]);
      assert.equal(selected.code, 0);
    });
  });
});

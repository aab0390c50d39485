import { processRunner } from "../../../cli/core/run-program";
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Tables } from "../../../twin/table/tables";
import { openSite } from "../../../cli/users/site";
import { root } from "../../support/golden";
import { deployedTable, setEnvironment, temporaryFolder, users } from "./support";

describe("users, where they are", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  /** A stand-in for the Pulumi CLI, alone on PATH beside what a shell needs. */
  function pulumi(script: string): () => void {
    const bin = folder.path(`bin-${Math.random()}`);
    fs.mkdirSync(bin);
    if (script !== "") {
      fs.writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    return setEnvironment({ PATH: `${bin}:/usr/bin:/bin` });
  }

  describe("a deployed stack", () => {
    let table: Awaited<ReturnType<typeof deployedTable>>;
    before(async () => {
      table = await deployedTable();
    });
    after(() => table.close());

    it("asks Pulumi for the table", async () => {
      const outputs = JSON.stringify({ userTable: table.name, bucket: "files-bucket" });
      const restore = pulumi(`[ "$*" = "stack output --json --stack prod" ] && echo '${outputs}'`);
      try {
        const { code, stdout } = await users(["list", "--stack", "prod"]);
        assert.equal(code, 0);
        assert.equal(stdout, "There are no users in stack prod.\n");
        const site = await openSite(
          { root, env: process.env, runProgram: processRunner(root, process.env) },
          { stack: "prod" },
        );
        assert.equal(site.space.bucketArn, "arn:aws:s3:::files-bucket");
        assert.deepEqual([site.lockout.windowSeconds, site.scrypt.N], [900, 2 ** 14]);
        await site.close();
      } finally {
        restore();
      }
    });

    it("passes on what Pulumi says when it does not tell", async () => {
      for (const [script, message] of [
        ["echo 'error: no stack named prod' >&2; exit 255", /stack prod: error: no stack named/],
        ["echo '{}'", /has no output userTable: it is not deployed yet/],
        ["", /There is no pulumi on this machine.*--table NAME/],
      ] as const) {
        const restore = pulumi(script);
        try {
          const { code, stderr } = await users(["list", "--stack", "prod"]);
          assert.equal(code, 1);
          assert.match(stderr, message);
        } finally {
          restore();
        }
      }
    });

    it("says when there are no credentials", async () => {
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

    it("needs a stack that there is, and no twin's folder", async () => {
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

    it("is opened by its folder, and keeps what was done", async () => {
      const data = folder.path("twin");
      const tables = await Tables.open(path.join(data, "tables"));
      await tables.create(shape("users"));
      await tables.close();
      const args = ["--twin", "--data", data];
      assert.equal((await users(["add", "cam-01", ...args])).code, 0);
      const { stdout } = await users(["list", ...args]);
      assert.match(stdout, /^cam-01 +read-write +active$/m);
    });

    it("has to have been started once", async () => {
      const { code, stderr } = await users(["list", "--twin", "--data", folder.path("never")]);
      assert.equal(code, 1);
      assert.match(stderr, /No twin has been started with the folder .*never yet: npm start/);
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

    it("with two tables has to be told which", async () => {
      const data = folder.path("two");
      const tables = await Tables.open(path.join(data, "tables"));
      await tables.create(shape("users"));
      await tables.create(shape("other"));
      await tables.close();
      const { code, stderr } = await users(["list", "--twin", "--data", data]);
      assert.equal(code, 2);
      assert.match(stderr, /--table says which: other, users/);
      const told = await users(["list", "--twin", "--data", data, "--table", "users"]);
      assert.equal(told.code, 0);
    });
  });
});

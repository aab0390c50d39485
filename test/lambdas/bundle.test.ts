import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import { bundleFunction, functionFile, functionHandler } from "../../lambdas/bundle";
import { hashPassword } from "../../lambdas/identity-provider/password";
import { serverItem, toItem } from "../../lambdas/identity-provider/stores/user-record";
import {
  directEvent,
  documentIn,
  password,
  proxyEvent,
  serverId,
} from "./identity-provider/support/fixtures";
import { openTable, type Table } from "./identity-provider/support/table";

const root = resolve(__dirname, "../..");
const entry = join(root, "lambdas/identity-provider/handler.ts");

describe("The identity provider's bundle", () => {
  let folder: string;
  let code: string;
  let table: Table;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    code = await bundleFunction(entry);
    writeFileSync(join(folder, functionFile), code);
    table = await openTable();
    await table.put(serverItem(serverId));
    await table.put(toItem({ name: "cam-1", passwordHashes: [await hashPassword(password)] }));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await table.close();
  });

  /** Answers and log lines of a fresh process of plain Node, with nothing but the file. */
  async function invoke(events: unknown[], environment: Record<string, string> = {}) {
    const [file, name] = functionHandler.split(".");
    const script = `
      const { ${name}: handler } = require(${JSON.stringify(join(folder, `${file}.js`))});
      (async () => {
        for (const event of ${JSON.stringify(events)}) {
          const reply = await handler(event, { awsRequestId: "r-1" }).catch((e) => ({ thrown: e.message }));
          console.log("REPLY " + JSON.stringify(reply));
        }
      })();`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      cwd: folder,
      env: {
        TABLE_NAME: table.name,
        FILE_ROLE_ARN: "arn:aws:iam::111122223333:role/files",
        BUCKET_NAME: "files-bucket",
        BUCKET_ARN: "arn:aws:s3:::files-bucket",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "not-a-real-key",
        AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
        AWS_LAMBDA_FUNCTION_NAME: "dev-idp",
        ...environment,
      },
    });
    assert.equal(stderr, "");
    const lines = stdout.trim().split("\n");
    const isReply = (line: string) => line.startsWith("REPLY ");
    return {
      replies: lines.filter(isReply).map((line) => JSON.parse(line.slice("REPLY ".length))),
      log: lines.filter((line) => !isReply(line)).map((line) => JSON.parse(line)),
    };
  }

  it("answers both shapes in plain Node, and logs a line for each", async () => {
    const right = { user: "cam-1", password };
    const wrong = { user: "cam-1", password: "wrong" };
    const events = [proxyEvent(right), directEvent(right), proxyEvent(wrong), directEvent(wrong)];
    const { replies, log } = await invoke(events);
    assert.equal(documentIn("proxy", replies[0]).Role, "arn:aws:iam::111122223333:role/files");
    assert.deepEqual(replies[1], documentIn("proxy", replies[0]));
    assert.deepEqual(documentIn("proxy", replies[2]), {});
    assert.deepEqual(replies[3], {});
    const reasons = log.map(({ Reason }) => Reason);
    assert.deepEqual(reasons, ["password", "remembered", "wrong-password", "wrong-password"]);
    assert.equal(log[0].requestId, "r-1");
  });

  it("reports that it is broken with invalid settings, or without its table", async () => {
    const right = { user: "cam-1", password };
    const events = [proxyEvent(right), directEvent(right)];
    for (const [environment, reason] of [
      [{ TABLE_NAME: "" }, "Missing or not valid: TABLE_NAME"],
      [{ TABLE_NAME: "elsewhere" }, "BatchGetItem: ResourceNotFoundException"],
    ] as const) {
      const { replies, log } = await invoke(events, environment);
      assert.equal(replies[0].statusCode, 500);
      assert.deepEqual(replies[1], { thrown: "The identity provider could not decide." });
      assert.equal(log.length, 2);
      for (const { outcome, Reason, FunctionName } of log) {
        assert.deepEqual([outcome, Reason, FunctionName], ["error", reason, "dev-idp"]);
      }
    }
  });

  it("is the same bytes each time, and from another folder", async () => {
    assert.equal(await bundleFunction(entry), code);
    for (const part of ["lambdas", "lib"]) {
      cpSync(join(root, part), join(folder, "copy", part), { recursive: true });
    }
    const copy = join(folder, "copy/lambdas/identity-provider/handler.ts");
    assert.equal(await bundleFunction(copy), code);
  });

  it("holds no path of this machine and no source map", () => {
    assert.equal(code.includes(root), false);
    assert.doesNotMatch(code, /sourceMappingURL|node_modules/);
  });

  it("is under 12 KiB zipped", () => {
    const { length } = deflateRawSync(code, { level: 9 });
    assert.ok(length < 12 * 1024, String(length));
  });

  it("cannot be made of a file that is not there", async () => {
    await assert.rejects(bundleFunction(join(root, "lambdas/nothing.ts")), /Could not resolve/);
  });
});

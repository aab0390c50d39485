import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";

import { bundleFunction, functionFile } from "../../../lambdas/bundle";
import { nineBytes, uploadEvent } from "./support/events";
import { S3Server } from "./support/s3-server";

const entry = resolve(__dirname, "../../../lambdas/upload-events/handler.ts");

describe("upload-events: the bundle", () => {
  let code: string;
  before(async () => (code = await bundleFunction(entry)));
  let folder: string;
  let server: S3Server;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    writeFileSync(join(folder, functionFile), code);
    server = await new S3Server().open();
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function invoke(environment: Record<string, string>) {
    const batch = { Records: [{ messageId: "m-1", body: uploadEvent() }] };
    const script = `require("./index.js").handler(${JSON.stringify(batch)}).then(
      (answer) => console.log(JSON.stringify({ answer })), (e) => console.log(JSON.stringify({ thrown: e.message })))`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      cwd: folder,
      env: {
        BUCKET_NAME: "files",
        LOG_BUCKET_NAME: "log",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "not-a-real-key",
        AWS_ENDPOINT_URL_S3: server.endpoint,
        AWS_LAMBDA_FUNCTION_NAME: "dev-uploads",
        ...environment,
      },
    });
    assert.equal(stderr, "");
    const lines = stdout.trim().split("\n");
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it("takes a batch in plain Node, and logs a line for each message", async () => {
    server.put("files/users/camera01/a b.jpg", nineBytes.text);
    const [line, result] = await invoke({});
    assert.deepEqual(result, { answer: { batchItemFailures: [] } });
    assert.deepEqual([line.kind, line.Uploads, line.FunctionName], ["logged", 1, "dev-uploads"]);
    assert.equal(server.asked("PUT /log/uploads/dt").length, 1);
  });

  it("fails as a whole, naming no values, when its settings are bad", async () => {
    const [result] = await invoke({ BUCKET_NAME: "", CHECKSUM_MIB: "many" });
    assert.deepEqual(result, { thrown: "Missing or not valid: BUCKET_NAME, CHECKSUM_MIB" });
  });

  it("holds no path of this machine, and no SDK: it is under 10 KiB zipped", () => {
    assert.doesNotMatch(code, /sourceMappingURL|node_modules/);
    assert.ok(deflateRawSync(code).length < 10 * 1024, String(deflateRawSync(code).length));
  });
});

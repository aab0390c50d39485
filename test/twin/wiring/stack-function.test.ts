import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import type { Resource } from "../../../lib/stack/resource";
import { runStackFunction } from "../../../twin/wiring/stack-function";
import { until } from "../../support/until";
import { resource, temporaryFolder } from "../queue/support";

describe("a function of the stack", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const worker = (outputs: object, code: unknown): Resource => ({
    ...resource("aws:lambda/function:Function", "worker", {
      name: "worker-1234567",
      handler: "index.handler",
      ...outputs,
    }),
    inputs: { code },
  });
  const text =
    "exports.handler = async (event) => { console.log('seen'); return { event, env: { ...process.env } }; };";
  /** An archive in Pulumi: promises at every level. */
  const archive = Promise.resolve({
    assets: Promise.resolve({ "index.js": Promise.resolve({ text: Promise.resolve(text) }) }),
  });

  it("runs its own code with the variables of the stack, of Lambda and of the endpoints", async () => {
    let printed = "";
    const outputs = {
      environment: { variables: { BUCKET_NAME: "files", AWS_REGION: "elsewhere" } },
    };
    const runner = await runStackFunction(worker(outputs, archive), {
      region: "eu-west-1",
      folder: folder.path,
      environment: { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" },
      log: (line) => (printed += line),
    });
    try {
      const { event, env } = (await runner.invoke({ a: 1 })) as Record<string, object>;
      assert.deepEqual(event, { a: 1 });
      assert.deepEqual(env, {
        BUCKET_NAME: "files",
        AWS_LAMBDA_FUNCTION_NAME: "worker-1234567",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "TWIN",
        AWS_SECRET_ACCESS_KEY: "twin",
        AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1",
      });
      await until("the output is there", () => printed.includes("seen"));
      assert.ok(fs.existsSync(path.join(folder.path, "worker-1234567", "index.js")));
    } finally {
      await runner.close();
    }
  });

  it("reports a function whose code is not given as text", async () => {
    for (const code of [undefined, {}, { assets: { "index.js": { path: "index.js" } } }]) {
      const run = runStackFunction(worker({}, code), {
        region: "eu-west-1",
        folder: folder.path,
        environment: {},
        log: () => undefined,
      });
      await assert.rejects(
        run,
        /^Error: Function worker has no code that the twin can run: its archive has no file given as text\.$/,
      );
    }
  });
});

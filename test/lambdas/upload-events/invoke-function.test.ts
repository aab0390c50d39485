import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { invokeFunction } from "../../../lambdas/upload-events/invoke-function";
import type { UploadedFile } from "../../../lambdas/upload-events/uploaded-file";

const functionArn = "arn:aws:lambda:ap-northeast-1:123456789012:function:mine";

const file: UploadedFile = {
  ...{ id: "1", device: "camera01", bucket: "files", key: "users/camera01/a.jpg", bytes: 9 },
  ...{ version: "v1", started: new Date(0), ended: new Date(1000) },
  read: () => Promise.reject(new Error("not called")),
};

describe("upload-events: a Lambda function of the user's", () => {
  let server: http.Server;
  let requests: { method?: string; url?: string; authorization?: string; body: string }[];
  let reply: { status: number; error?: string; body: string };
  beforeEach(async () => {
    requests = [];
    reply = { status: 200, body: "null" };
    server = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        const { method, url, headers } = request;
        requests.push({ method, url, authorization: headers.authorization, body });
        if (reply.error) response.setHeader("x-amz-function-error", reply.error);
        response.writeHead(reply.status).end(reply.body);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => server.close());

  const invoke = () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-real-key" };
    const settings = { functionArn, region: "ap-northeast-1", credentials, endpoint };
    return invokeFunction({ ...settings, timeoutMs: 5000 })(file);
  };

  it("is invoked with the file as JSON, in a signed request", async () => {
    await invoke();
    const [{ method, url, authorization, body }] = requests;
    assert.deepEqual(
      [method, url],
      ["POST", `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`],
    );
    assert.match(authorization ?? "", /\/ap-northeast-1\/lambda\/aws4_request/);
    assert.deepEqual(JSON.parse(body), {
      ...{ id: "1", device: "camera01", bucket: "files", key: "users/camera01/a.jpg", bytes: 9 },
      ...{ version: "v1", started: "1970-01-01T00:00:00.000Z", ended: "1970-01-01T00:00:01.000Z" },
    });
  });

  it("that throws fails the upload with its message", async () => {
    reply = { status: 200, error: "Unhandled", body: '{"errorMessage":"no database"}' };
    await assert.rejects(invoke(), /function:mine: no database$/);
  });

  for (const [status, body, message] of [
    [403, '{"Message":"not authorized"}', /not authorized$/],
    [429, '{"message":"Rate Exceeded."}', /Rate Exceeded\.$/],
    [502, "<html>", /HTTP 502$/],
  ] as const) {
    it(`that Lambda answers ${status} for fails the upload`, async () => {
      reply = { status, body };
      await assert.rejects(invoke(), message);
    });
  }
});

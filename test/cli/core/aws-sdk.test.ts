import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { AwsApiError, credentialsErrorCode } from "../../../cli/core/aws";
import { explain, sdkApi } from "../../../cli/core/aws-sdk";

describe("sdkApi", function () {
  this.timeout(30_000);
  const seen: { body: string; authorization: string }[] = [];
  let reply = { status: 200, body: "" };
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ body, authorization: String(request.headers.authorization) });
      response.writeHead(reply.status).end(reply.body);
    });
  });
  const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const previous = names.map((name) => process.env[name]);

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const values = [`http://127.0.0.1:${port}`, "AKIDEXAMPLE", "not-a-real-key"];
    names.forEach((name, index) => (process.env[name] = values[index]));
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    names.forEach((name, index) => {
      if (previous[index] === undefined) delete process.env[name];
      else process.env[name] = previous[index];
    });
  });

  const account = () =>
    sdkApi({ region: "ap-northeast-1" }, new AbortController().signal).call<{ Account: string }>(
      "STS",
      "GetCallerIdentity",
    );

  it("calls the operation, signed for the region", async () => {
    const result = "<GetCallerIdentityResult><Account>123456789012</Account>";
    reply = {
      status: 200,
      body: `<GetCallerIdentityResponse>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
    };
    assert.equal((await account()).Account, "123456789012");
    assert.match(seen.at(-1)!.body, /Action=GetCallerIdentity/);
    assert.match(seen.at(-1)!.authorization, /AKIDEXAMPLE\/\d+\/ap-northeast-1\/sts\//);
  });

  it("rejects with the error code that AWS returns", async () => {
    reply = {
      status: 403,
      body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
    };
    await assert.rejects(account(), { name: "AwsApiError", code: "AccessDenied" });
  });
});

describe("explain", () => {
  const cases: [name: string, code: string | undefined, message: RegExp][] = [
    [
      "CredentialsProviderError",
      credentialsErrorCode,
      /^There are no AWS credentials for profile camera/,
    ],
    ["ExpiredToken", credentialsErrorCode, /have expired: renew them/],
    ["InvalidClientTokenId", credentialsErrorCode, /^AWS rejects the credentials for profile/],
    ["AbortError", undefined, /^Stopped\.$/],
    ["TimeoutError", undefined, /^AWS STS cannot be reached/],
    ["Throttling", "Throttling", /^AWS STS GetCallerIdentity failed: Throttling: why$/],
  ];
  for (const [name, code, message] of cases) {
    it(`${name}: ${message.source}`, () => {
      const error = Object.assign(new Error("why"), { name });
      const target = { region: "ap-northeast-1", profile: "camera" };
      const explained = explain(error, "STS", "GetCallerIdentity", target);
      assert.match(explained.message, message);
      assert.equal(explained.code, code);
      assert.equal(explained instanceof AwsApiError, name === "Throttling");
    });
  }
});

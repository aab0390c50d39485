import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { secretsEndpoint } from "../../../twin/secrets/secrets-endpoint";
import { Secrets } from "../../../twin/secrets/secrets";
import type { LoopbackServer } from "../../../twin/loopback-server";
import { dataFolder } from "../identity/support";

describe("twin/secrets", () => {
  const data = dataFolder();
  const secrets = new Secrets(path.join(data.path, "secrets"));
  const denials: string[] = [];
  let endpoint: LoopbackServer;
  let url: string;

  async function call(operation: string, input: object) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "X-Amz-Target": `secretsmanager.${operation}` },
      body: JSON.stringify(input),
    });
    const { __type = "", SecretString } = (await response.json()) as Record<string, string>;
    return { status: response.status, __type, SecretString };
  }

  before(async () => {
    const allowed = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:aws/transfer/*";
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: allowed }],
    });
    endpoint = secretsEndpoint({
      secrets,
      caller: {
        role: {
          arn: "arn:aws:iam::123456789012:role/function",
          policies: [{ source: "the policy", document }],
        },
        onDenial: (reason) => denials.push(reason),
      },
      secretArn: (name) =>
        `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${name}-a1B2c3`,
    });
    url = await endpoint.listen();
    secrets.put("aws/transfer/s-1/cam-01", '{"Password":"x"}');
    secrets.put("elsewhere", "private");
  });
  after(async () => {
    await endpoint.close();
    data.remove();
  });

  it("returns a secret that the role may read", async () => {
    const { status, SecretString } = await call("GetSecretValue", {
      SecretId: "aws/transfer/s-1/cam-01",
    });
    assert.deepEqual([status, SecretString], [200, '{"Password":"x"}']);
  });

  it("returns the service's errors for a missing secret and a denied request", async () => {
    const none = await call("GetSecretValue", { SecretId: "aws/transfer/s-1/cam-02" });
    assert.deepEqual([none.status, none.__type], [400, "ResourceNotFoundException"]);
    const denied = await call("GetSecretValue", { SecretId: "elsewhere" });
    assert.equal(denied.status, 400);
    assert.match(denied.__type, /AccessDeniedException$/);
    assert.doesNotMatch(JSON.stringify(denied), /private/);
    assert.equal(denials.length, 1);
    assert.equal((await call("PutSecretValue", {})).__type, "InvalidAction");
  });

  it("keeps each secret in a file inside its folder that only its owner can read", async () => {
    const file = path.join(data.path, "secrets", "elsewhere.json");
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    for (const name of ["../outside", "a/../../b", "", "a//b", "."]) {
      assert.throws(() => secrets.put(name, "x"), /is not a secret's name/, name);
    }
  });
});

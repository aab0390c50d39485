import assert from "node:assert/strict";

import { testLogin } from "../../../cli/verify/login-client";

describe("testLogin", () => {
  const inputs: Record<string, string>[] = [];
  const test = (output: object, from = "100.64.152.0/24", user?: Parameters<typeof testLogin>[2]) =>
    testLogin(
      {
        call: <T>(_service: string, _operation: string, input: object = {}) => {
          inputs.push(input as Record<string, string>);
          return Promise.resolve(output as T);
        },
      },
      "s-1",
      user,
      from,
    );
  const response = (document: object) => ({
    StatusCode: 200,
    Response: JSON.stringify(document),
    Message: "",
  });

  it("returns the role and the home of an accepted login", async () => {
    const details = '[{"Entry":"/","Target":"/files"}]';
    const document = {
      Role: "arn:role",
      HomeDirectoryType: "LOGICAL",
      HomeDirectoryDetails: details,
      Policy: "{}",
    };
    assert.deepEqual(await test(response(document)), {
      kind: "granted",
      answer: {
        role: "arn:role",
        homeDirectoryType: "LOGICAL",
        homeDirectory: undefined,
        homeDirectoryDetails: details,
        policy: "{}",
      },
    });
  });

  it("is refused without a role, and failed with another status or without JSON", async () => {
    assert.deepEqual(await test(response({})), { kind: "refused" });
    assert.deepEqual(await test({ StatusCode: 200, Response: "", Message: "" }), {
      kind: "refused",
    });
    assert.deepEqual(await test({ StatusCode: 500, Message: "no" }), {
      kind: "failed",
      status: 500,
      message: "no",
    });
    const html = { StatusCode: 200, Response: "<html>" };
    assert.equal((await test(html)).kind, "failed");
  });

  it("logs in from an address of the range, with the user's password", async () => {
    await test(response({}), "100.64.152.0/24", { name: "camera01", password: "k3Jd82hs" });
    const { SourceIp, UserName, UserPassword, ServerProtocol } = inputs.at(-1)!;
    assert.deepEqual(
      [SourceIp, UserName, UserPassword, ServerProtocol],
      ["100.64.152.2", "camera01", "k3Jd82hs", "FTP"],
    );
    await test(response({}), "100.64.0.2");
    assert.equal(inputs.at(-1)!.SourceIp, "100.64.0.2");
    await test(response({}), "100.64.0.4/31");
    assert.equal(inputs.at(-1)!.SourceIp, "100.64.0.4");
  });
});

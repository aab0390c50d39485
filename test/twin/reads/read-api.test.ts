import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import type { LoopbackServer } from "../../../twin/loopback-server";
import { readApi } from "../../../twin/reads/read-api";
import type { IdentityResult, Login } from "../../../twin/wiring/identity";
import { evaluateStack } from "../../support/golden";
import { siteOf } from "./support";

describe("readApi", () => {
  let stack: EvaluatedStack;
  let api: LoopbackServer;
  let url: string;
  let answer: IdentityResult;
  let asked: Login[];

  before(async () => {
    stack = await evaluateStack("dev");
    asked = [];
    api = readApi({
      site: siteOf(stack),
      callIdentityProvider: async (login) => {
        asked.push(login);
        return answer;
      },
    });
    url = await api.listen();
  });
  after(() => api.close());

  async function call(target: string | undefined, body: object) {
    const headers: Record<string, string> = target === undefined ? {} : { "X-Amz-Target": target };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const run = (program: string, ...args: string[]) => call("Twin.Run", { program, args });

  it("answers read operations of AWS, soracom and pulumi", async () => {
    const { body } = await run("pulumi", "stack", "output", "--json");
    assert.equal(body.code, 0);
    assert.deepEqual(JSON.parse(String(body.stdout)), JSON.parse(JSON.stringify(stack.outputs)));
    const { body: called } = await call("Twin.Call", {
      ...{ service: "STS", operation: "GetCallerIdentity", input: {} },
    });
    assert.match(JSON.stringify(called), /^\{"output":\{"Account":"\d{12}"\}\}$/);
    assert.equal((await run("soracom", "vpg", "list")).body.code, 0);
  });

  it("answers nothing else", async () => {
    for (const [program, ...args] of [
      ["pulumi", "destroy", "--yes"],
      ["sh", "-c", "id"],
    ]) {
      const { body } = await run(program, ...args);
      assert.equal(body.code, 1);
      assert.match(String(body.stderr), /^The twin does not answer /);
    }
  });

  const login = { UserName: "camera01", UserPassword: "k3Jd82hsQp0xYtz", SourceIp: "100.64.0.2" };
  const test = async () => {
    const { body } = await call("Twin.Call", {
      ...{ service: "Transfer", operation: "TestIdentityProvider", input: login },
    });
    return body.output as Record<string, unknown>;
  };

  it("calls the identity provider, and answers as Transfer Family does", async () => {
    const granted = { role: "arn:role", homeDirectoryType: "LOGICAL", policy: "{}" } as const;
    answer = { kind: "granted", answer: granted };
    const { StatusCode, Response } = await test();
    assert.equal(StatusCode, 200);
    assert.deepEqual(JSON.parse(String(Response)), {
      Role: "arn:role",
      HomeDirectoryType: "LOGICAL",
      Policy: "{}",
    });
    assert.deepEqual(asked.at(-1), {
      user: "camera01",
      password: "k3Jd82hsQp0xYtz",
      sourceIp: "100.64.0.2",
    });
    answer = { kind: "refused", reason: "wrong password" };
    assert.deepEqual(
      { ...(await test()), Url: "" },
      { StatusCode: 200, Response: "", Message: "", Url: "" },
    );
    answer = { kind: "broken", reason: "Role x cannot be assumed" };
    const broken = await test();
    assert.deepEqual([broken.StatusCode, broken.Message], [500, "Role x cannot be assumed"]);
  });

  it("answers no call without the operation in the header, which a web page cannot set", async () => {
    for (const target of [undefined, "Twin.Stop"]) {
      const { status, body } = await call(target, { program: "aws", args: [] });
      assert.equal(status, 400);
      assert.equal(body.__type, "InvalidAction");
    }
  });
});

import assert from "node:assert/strict";

import { readStackConfig } from "../../../lib/stack/stack-config";
import type { EvaluatedStack, Resource } from "../../../lib/stack/resource";
import { programUsers } from "../../../twin/source/program-users";
import { findServer } from "../../../twin/wiring/find-server";
import { identityFunction } from "../../../twin/wiring/identity";
import { LoginChain } from "../../../twin/wiring/login-chain";
import type { LoginFunction } from "../../../twin/wiring/login-function";
import { StackService } from "../../../twin/wiring/stack-service";
import { FtpPlayer } from "../../../lib/ftp-player";
import { root } from "../../support/golden";
import { evaluateHere, testUser } from "../../support/running-twin";
import { startTwinProcess } from "../../support/twin-process";

const steps = [
  "network path",
  "server",
  "API",
  "invocation role",
  "call of the API",
  "Lambda permission",
  "function's answer",
  "home",
];
const denied = { statusCode: 200, body: "{}" };

describe("twin/wiring/login-chain", () => {
  let dev: EvaluatedStack;

  before(async () => {
    const config = readStackConfig(root, "dev");
    const { values, secretKeys } = programUsers(config, [testUser], testUser);
    const { project } = config;
    dev = await evaluateHere({ root, project, stack: "dev", config: values, secretKeys });
  });

  /**
   * The stack with other outputs of the resources whose key matches, or without them when there are no outputs.
   */
  function changed(without: RegExp, outputs: Record<string, unknown> = {}): EvaluatedStack {
    const change = (resource: Resource): Resource[] => {
      if (!without.test(resource.key)) return [resource];
      const some = Object.keys(outputs).length > 0;
      return some ? [{ ...resource, outputs: { ...resource.outputs, ...outputs } }] : [];
    };
    assert.ok(
      dev.resources.some(({ key }) => without.test(key)),
      `nothing of the stack is named ${without}`,
    );
    return { ...dev, resources: dev.resources.flatMap(change) };
  }

  function serviceOf(stack: EvaluatedStack, answer: unknown = denied) {
    const explained: string[][] = [];
    const server = findServer(stack);
    const invoke = () => Promise.resolve(answer);
    const service = new StackService({
      stack,
      server,
      identity: {
        resource: identityFunction(dev, findServer(dev)),
        function: { invoke } as unknown as LoginFunction,
      },
      deviceAddress: "100.64.0.10",
      passivePorts: [28650, 28658],
      bucketNamed: () => undefined,
      onFault: () => undefined,
      explain: (lines) => explained.push([...lines]),
    });
    return { service, explained };
  }

  async function explain(stack: EvaluatedStack, user = "cam-01", answer?: unknown) {
    const { service, explained } = serviceOf(stack, answer);
    const source = "100.64.0.10";
    await service.login({ sessionId: "1", user, password: "secret-of-cam", source });
    assert.equal(explained.length, 1);
    assert.doesNotMatch(explained[0].join("\n"), /secret-of-cam/);
    return explained[0];
  }

  /** The result of each step. */
  const states = (lines: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      lines.slice(1).flatMap((line) => {
        const match = /^ {2}(\w[\w' ]+): (passes|fails|not reached)/.exec(line);
        return match ? [[match[1], match[2]]] : [];
      }),
    );

  const trust = (principal: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: principal }, Action: "sts:AssumeRole" }],
    });
  const elsewhere = trust("ec2.amazonaws.com");
  const broken: [string, () => EvaluatedStack, RegExp][] = [
    ["API", () => changed(/^aws:apigateway\/deployment/), /has no deployment/],
    [
      "invocation role",
      () => changed(/iam\/role:Role::.*caller/, { assumeRolePolicy: elsewhere }),
      /Transfer cannot assume Role .*caller/,
    ],
    ["call of the API", () => changed(/iam\/rolePolicy:.*api-access/), /may not call the identity/],
    ["Lambda permission", () => changed(/^aws:lambda\/permission/), /has no Permission for apig/],
  ];
  for (const [link, stack, reason] of broken) {
    it(`shows that it fails at "${link}", with the steps before and after`, async () => {
      const lines = await explain(stack());
      assert.equal(lines[0], `Login of cam-01: fails at ${link}`);
      const at = steps.indexOf(link);
      const expected = steps.map((name, index) =>
        index < at ? [name, "passes"] : [name, index === at ? "fails" : "not reached"],
      );
      assert.deepEqual(states(lines), Object.fromEntries(expected));
      assert.match(lines.find((line) => line.startsWith(`  ${link}: fails`)) ?? "", reason);
    });
  }

  it("shows the policy statements of a step below it", async () => {
    const lines = await explain(
      changed(/iam\/role:Role::.*caller/, { assumeRolePolicy: elsewhere }),
    );
    const at = lines.findIndex((line) => line.startsWith("  invocation role: fails"));
    assert.match(lines[at + 1], /^ {4}Role .*caller, Allow does not apply: /);
  });

  it("shows that every step passes and the function denies the login", async () => {
    const lines = await explain(dev);
    assert.equal(lines[0], "Login of cam-01: fails at function's answer");
    assert.equal(states(lines).home, "not reached");
    assert.match(
      lines.join("\n"),
      /login-function answers: the identity provider denied the login/,
    );
  });

  it("shows an answer that Transfer Family cannot use as a home", async () => {
    const body = JSON.stringify({
      Role: "arn:aws:iam::123456789012:role/any",
      HomeDirectoryType: "LOGICAL",
      HomeDirectoryDetails: "no JSON",
    });
    const lines = await explain(dev, "cam-01", { statusCode: 200, body });
    assert.equal(lines[0], "Login of cam-01: fails at home");
    assert.equal(states(lines)["function's answer"], "passes");
  });

  it("shows a user name that AWS does not accept", async () => {
    const lines = await explain(dev, "x");
    assert.equal(lines[0], "Login of x: fails at server");
    assert.equal(states(lines).API, "not reached");
  });

  it("shows a connection that the network does not allow", () => {
    const { service, explained } = serviceOf(changed(/securityGroupIngressRule/));
    assert.equal(service.admits(2121).allowed, false);
    assert.equal(service.admits(28651).allowed, false);
    const titles = explained.map(([title]) => title);
    assert.deepEqual(titles, [
      "TCP port 21 from 100.64.0.10: fails at network path",
      "TCP port 8193 from 100.64.0.10: fails at network path",
    ]);
    assert.deepEqual(
      new Set(Object.values(states(explained[0]))),
      new Set(["fails", "not reached"]),
    );
  });

  it("explains no connection that is allowed", () => {
    const { service, explained } = serviceOf(dev);
    assert.equal(service.admits(2121).allowed, true);
    assert.deepEqual(explained, []);
  });

  it("has no API when the server invokes the function", () => {
    const lines = new LoginChain("AWS_LAMBDA").lines("Login of a");
    assert.equal(lines[0], "Login of a: every step passes");
    assert.doesNotMatch(lines.join("\n"), /API|invocation role/);
  });

  it("is printed by a twin that was started with --explain", async () => {
    const twin = await startTwinProcess(["--explain", "--user", "cam-01:k3Jd82hsQp0xYtz"]);
    const { player } = await FtpPlayer.connect(twin.ready.ftp.host, twin.ready.ftp.port);
    await player.play("USER cam-01");
    const { replies } = await player.play("PASS wrong");
    player.close();
    await twin.stop();
    assert.match(replies[0], /^530/);
    assert.match(twin.stderr(), /explain Login of cam-01: fails at function's answer/);
    assert.match(twin.stderr(), /explain {3}Lambda permission: passes/);
  });
});

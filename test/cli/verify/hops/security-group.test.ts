import assert from "node:assert/strict";

import { checkRules } from "../../../../cli/verify/hops/security-group";
import type { SecurityGroupRule } from "../../../../cli/verify/site-aws";
import { problemsOf, remedyOf } from "../../status/support";

const range = "100.64.152.0/24";
const rule = (FromPort: number, ToPort: number, more: Partial<SecurityGroupRule> = {}) => ({
  IsEgress: false,
  IpProtocol: "tcp",
  FromPort,
  ToPort,
  CidrIpv4: "100.64.0.0/10",
  ...more,
});
const control = rule(21, 21);
const passive = rule(8192, 8200);
const check = (...rules: SecurityGroupRule[]) =>
  problemsOf(checkRules(rules, ["sg-1"], range, "dev"));

describe("checkRules", () => {
  it("accepts the program's rules, wider ones, and one for every protocol", () => {
    assert.deepEqual(check(control, passive), []);
    assert.deepEqual(check(rule(0, 65535)), []);
    assert.deepEqual(check({ IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" }), []);
    assert.deepEqual(check({ IpProtocol: "tcp", CidrIpv4: range }), []);
    assert.deepEqual(check(control, rule(8192, 8195), rule(8196, 8200)), []);
  });

  const closed = [
    `drift: control connection: closed, not port 21 from ${range}`,
    `drift: data connections: closed, not ports 8192-8200 from ${range}`,
  ];
  const useless: [what: string, change: Partial<SecurityGroupRule>][] = [
    ["another protocol", { IpProtocol: "udp" }],
    ["egress", { IsEgress: true }],
    ["another range", { CidrIpv4: "10.0.0.0/8" }],
    ["a part of the range", { CidrIpv4: "100.64.152.0/25" }],
    ["no IPv4 range", { CidrIpv4: undefined }],
  ];
  for (const [what, change] of useless) {
    it(`reports closed ports with rules for ${what}`, () => {
      assert.deepEqual(check({ ...control, ...change }, { ...passive, ...change }), closed);
    });
  }

  it("names the closed ones among the passive ports", () => {
    assert.deepEqual(check(control, rule(8193, 8199)), [
      `drift: data connections: closed on 8192, 8200, not ports 8192-8200 from ${range}`,
    ]);
  });

  it("names the groups and the command in the remedy", () => {
    assert.match(
      remedyOf(checkRules([], ["sg-1", "sg-2"], range, "dev")),
      /^No rule of sg-1, sg-2 allows TCP port 21 .*pulumi up -s dev --refresh$/,
    );
    assert.match(remedyOf(checkRules([], [], range, "dev")), /^No rule of the endpoint's security/);
  });
});

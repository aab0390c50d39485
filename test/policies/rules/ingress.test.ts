import assert from "node:assert/strict";

import { ingress, ownSecurityGroupsOnly } from "../../../policies/rules/ingress";
import type { CheckedResource } from "../../../policies/rules/rule";
import { callerRule, checked, describeRule, group, rule } from "../support";

const groupArn = (id: string) => `arn:aws:ec2:ap-northeast-1:123456789012:security-group/${id}`;

describe("policies/rules/ingress", () => {
  describeRule(
    ingress,
    [
      ["admits 0.0.0.0/0, which is not inside 100.64.0.0/10", rule({ cidrIpv4: "0.0.0.0/0" })],
      ["admits 100.0.0.0/8, which is not inside 100.64.0.0/10", rule({ cidrIpv4: "100.0.0.0/8" })],
      [
        "admits ::/0, which is not inside 100.64.0.0/10",
        rule({ cidrIpv4: undefined, cidrIpv6: "::/0" }),
      ],
      [
        "admits sg-1, which is not inside 100.64.0.0/10",
        group({
          ingress: [{ protocol: "tcp", fromPort: 21, toPort: 21, securityGroups: ["sg-1"] }],
        }),
      ],
      [
        "admits sg-1, which is not inside 100.64.0.0/10",
        {
          type: "aws:ec2/securityGroupRule:SecurityGroupRule",
          properties: {
            type: "ingress",
            protocol: "tcp",
            fromPort: 21,
            toPort: 21,
            sourceSecurityGroupId: "sg-1",
          },
        },
      ],
      [
        "admits tcp 22-22, which is not a port of FTP or DNS",
        callerRule({ fromPort: 22, toPort: 22 }),
      ],
      [
        "admits 10.0.0.0/16, which is not inside 100.64.0.0/10",
        rule({ cidrIpv4: "10.0.0.0/16", ipProtocol: "udp", fromPort: 53, toPort: 53 }),
      ],
      [
        "admits udp 53-54, which is not a port of FTP or DNS",
        rule({ ipProtocol: "udp", fromPort: 53, toPort: 54 }),
      ],
      ["admits tcp 22-22, which is not a port of FTP or DNS", rule({ fromPort: 22, toPort: 22 })],
      [
        "admits tcp 8192-8201, which is not a port of FTP or DNS",
        rule({ fromPort: 8192, toPort: 8201 }),
      ],
      ["admits udp 21-21, which is not a port of FTP or DNS", rule({ ipProtocol: "udp" })],
      [
        "admits -1 undefined-undefined, which is not a port of FTP or DNS",
        rule({ ipProtocol: "-1", fromPort: undefined, toPort: undefined }),
      ],
      [
        "admits itself, which is not inside 100.64.0.0/10",
        group({ ingress: [{ protocol: "tcp", fromPort: 21, toPort: 21, self: true }] }),
      ],
    ],
    [
      rule({}),
      rule({ cidrIpv4: "100.64.5.0/24", fromPort: 8192, toPort: 8200 }),
      callerRule({ fromPort: 8192, toPort: 8200 }),
      rule({ ipProtocol: "udp", fromPort: 53, toPort: 53 }),
      rule({ ipProtocol: "tcp", fromPort: 53, toPort: 53 }),
      group({ ingress: [], egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }),
      { type: "aws:ec2/securityGroupRule:SecurityGroupRule", properties: { type: "egress" } },
    ],
  );

  describe(ownSecurityGroupsOnly.name, () => {
    const canary = { ...group({ arn: groupArn("sg-canary") }), name: "canary" };
    const findings = (...examples: Partial<CheckedResource>[]) =>
      ownSecurityGroupsOnly
        .check(examples.map(checked))
        .map(({ resource, message }) => [resource.name, message]);
    const caller = { ...callerRule({ securityGroupId: "sg-endpoint" }), name: "canary-in" };

    it("takes the canary's group: it is made here and has no ingress rule", () => {
      assert.deepEqual(findings(canary, caller), []);
    });

    it("finds a group that the stack does not make, of this account or another", () => {
      const finding = ["canary-in", "admits sg-canary, a group outside the stack"];
      assert.deepEqual(findings(caller), [finding]);
      const other = group({ arn: groupArn("sg-other-sg-canary") });
      assert.deepEqual(findings(other, caller), [finding]);
      const foreign = "123456789012/sg-canary";
      const peered = callerRule({ referencedSecurityGroupId: foreign });
      assert.deepEqual(findings(canary, peered), [
        ["example", `admits ${foreign}, a group outside the stack`],
      ]);
    });

    it("finds a group of the stack that admits others, by every form of rule", () => {
      const finding = ["canary-in", "admits canary, a group with ingress rules"];
      const open = group({ arn: groupArn("sg-canary"), ingress: [{ cidrBlocks: ["10.0.0.0/8"] }] });
      assert.deepEqual(findings({ ...open, name: "canary" }, caller), [finding]);
      const opened = callerRule({
        securityGroupId: "sg-canary",
        cidrIpv4: "100.64.0.0/10",
        referencedSecurityGroupId: undefined,
      });
      assert.deepEqual(findings(canary, caller, opened), [finding]);
    });

    it("finds a foreign group in a preview as well, where ids of the stack's own are unknown", () => {
      const unknown = (name: string) => ({
        get [name](): string {
          throw new Error("can't be known during preview");
        },
      });
      const newGroup = { type: canary.type, name: "canary", properties: unknown("arn") };
      const newRule = { type: caller.type, properties: unknown("referencedSecurityGroupId") };
      assert.deepEqual(findings(newGroup, newRule), []);
      assert.deepEqual(findings(newGroup, newRule, caller), [
        ["canary-in", "admits sg-canary, a group outside the stack"],
      ]);
    });
  });
});

import assert from "node:assert/strict";

import type { CheckedResource, Rule } from "../../policies/rules/rule";

export type Example = Partial<CheckedResource>;

export const statement = (fields: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...fields }] });

export const rule = (properties: object): Example => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  properties: {
    ipProtocol: "tcp",
    fromPort: 21,
    toPort: 21,
    cidrIpv4: "100.64.0.0/10",
    ...properties,
  },
});
/** A rule that lets a group in: only the whole stack shows whose it is. */
export const callerRule = (properties: object): Example =>
  rule({ cidrIpv4: undefined, referencedSecurityGroupId: "sg-canary", ...properties });
export const egressRule = (properties: object): Example => ({
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  properties: {
    ipProtocol: "tcp",
    fromPort: 21,
    toPort: 21,
    referencedSecurityGroupId: "sg-endpoint",
    ...properties,
  },
});
export const group = (properties: Record<string, unknown>): Example => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  properties,
});
export const route = (properties: Record<string, unknown>): Example => ({
  type: "aws:ec2/route:Route",
  properties,
});
export const vpc = (properties: object): Example => ({
  type: "awsx:ec2:Vpc",
  properties: {
    subnetSpecs: [{ type: "Isolated" }],
    natGateways: { strategy: "None" },
    tags: { project: "p", stack: "prod", environment: "prod" },
    ...properties,
  },
  protect: true,
});
export const server = (properties: object): Example => ({
  type: "aws:transfer/server:Server",
  properties: {
    protocols: ["FTP"],
    endpointType: "VPC",
    endpointDetails: { securityGroupIds: ["sg-1"] },
    ...properties,
  },
});
export const role = (fields: object): Example => ({
  type: "aws:iam/role:Role",
  properties: { assumeRolePolicy: statement({ Action: "sts:AssumeRole", ...fields }) },
});
export const permissions = (fields: object): Example => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  properties: { policy: statement(fields) },
});
export const table = (properties: object, protect = true): Example => ({
  type: "aws:dynamodb/table:Table",
  protect,
  properties: {
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true },
    tags: { environment: "prod" },
    ...properties,
  },
});
export const gateway = (environment: string, protect: boolean): Example => ({
  type: "command:local:Command",
  protect,
  properties: {
    interpreter: ["node", "soracom/start.cjs"],
    create: "vpg ensure",
    environment: { CANAL_FTP_SPEC: JSON.stringify({ tags: { environment } }) },
  },
});
export const confused = {
  StringEquals: { "aws:SourceAccount": "123456789012" },
  ArnLike: { "aws:sourcearn": "arn:aws:transfer:ap-northeast-1:123456789012:user/*" },
};
export const transfer = { Service: "transfer.amazonaws.com" };

/** An example as a rule receives it. */
export const checked = (example: Example): CheckedResource => ({
  type: "none",
  name: "example",
  properties: {},
  secrets: [],
  protect: false,
  ...example,
});

/** Tests of a rule: resources that violate it with the message for each, and resources that do not. */
export function describeRule(
  rule: Rule,
  violations: readonly [message: string, example: Example][],
  good: readonly Example[],
): void {
  describe(rule.name, () => {
    for (const [message, example] of violations) {
      it(`reports: ${message}`, () => assert.deepEqual(rule.check(checked(example)), [message]));
    }

    it("reports nothing for other resources", () => {
      for (const example of good) {
        assert.deepEqual(rule.check(checked(example)), [], JSON.stringify(example));
      }
    });
  });
}

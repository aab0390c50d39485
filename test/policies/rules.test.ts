import assert from "node:assert/strict";

import { rules, stackRules } from "../../policies/rules";
import type { CheckedResource } from "../../policies/rules/rule";
import { callerRule, good, group, violations } from "./examples";

const checked = (example: Partial<CheckedResource>): CheckedResource => ({
  type: "none",
  name: "example",
  properties: {},
  secrets: [],
  protect: false,
  ...example,
});

const groupArn = (id: string) => `arn:aws:ec2:ap-northeast-1:123456789012:security-group/${id}`;

describe("policies", () => {
  for (const rule of rules) {
    describe(rule.name, () => {
      for (const [message, example] of violations[rule.name] ?? []) {
        it(`finds: ${message}`, () => {
          assert.deepEqual(rule.check(checked(example)), [message]);
        });
      }

      it("has resources that violate it, and resources that do not", () => {
        assert.ok((violations[rule.name] ?? []).length > 0);
        assert.ok((good[rule.name] ?? []).length > 0);
        for (const example of good[rule.name]) assert.deepEqual(rule.check(checked(example)), []);
      });
    });
  }

  it("bucket-complete: names what a bare bucket lacks, and nothing when all is there", () => {
    const rule = stackRules.find(({ name }) => name === "bucket-complete")!;
    const bucket = checked({ type: "aws:s3/bucket:Bucket", properties: { bucket: "b" } });
    assert.deepEqual(
      rule.check([bucket]).map(({ resource, message }) => [resource, message]),
      [
        [bucket, "has no block of public access"],
        [bucket, "has no setting of its encryption"],
        [bucket, "has no setting of its versions"],
        [bucket, "answers without TLS"],
      ],
    );
    const rest = good["bucket-complete"].map(checked);
    assert.deepEqual(rule.check([bucket, ...rest]), []);
    // The companions are the other bucket's: this one is as bare as before.
    const other = checked({ type: "aws:s3/bucket:Bucket", properties: { bucket: "c" } });
    assert.equal(rule.check([bucket, other, ...rest]).length, 4);
  });

  describe("groups-let-in-are-the-stacks-own", () => {
    const rule = stackRules.find(({ name }) => name === "groups-let-in-are-the-stacks-own")!;
    const canary = { ...group({ arn: groupArn("sg-canary") }), name: "canary" };
    const findings = (...examples: Partial<CheckedResource>[]) =>
      rule.check(examples.map(checked)).map(({ resource, message }) => [resource.name, message]);
    const caller = { ...callerRule({ securityGroupId: "sg-endpoint" }), name: "canary-in" };

    it("takes the canary's group: it is made here and has no ingress rule", () => {
      assert.deepEqual(findings(canary, caller), []);
    });

    it("finds a group that the stack does not make, of this account or another", () => {
      const finding = ["canary-in", "lets in sg-canary, a group that is not the stack's"];
      assert.deepEqual(findings(caller), [finding]);
      const other = group({ arn: groupArn("sg-other-sg-canary") });
      assert.deepEqual(findings(other, caller), [finding]);
      const foreign = "123456789012/sg-canary";
      const peered = callerRule({ referencedSecurityGroupId: foreign });
      assert.deepEqual(findings(canary, peered), [
        ["example", `lets in ${foreign}, a group that is not the stack's`],
      ]);
    });

    it("finds a group of the stack that others can enter, whichever way it lets them in", () => {
      const finding = ["canary-in", "lets in canary, a group that lets in others"];
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
        ["canary-in", "lets in sg-canary, a group that is not the stack's"],
      ]);
    });
  });
});

import assert from "node:assert/strict";

import { rules, stackRules } from "../../policies/rules";
import type { CheckedResource } from "../../policies/rules/rule";
import { good, violations } from "./examples";

const checked = (example: Partial<CheckedResource>): CheckedResource => ({
  type: "none",
  name: "example",
  properties: {},
  secrets: [],
  protect: false,
  ...example,
});

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
    const [rule] = stackRules;
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
    const beside = good["bucket-complete"].map(checked);
    assert.deepEqual(rule.check([bucket, ...beside]), []);
    // The companions are the other bucket's: this one is as bare as before.
    const other = checked({ type: "aws:s3/bucket:Bucket", properties: { bucket: "c" } });
    assert.equal(rule.check([bucket, other, ...beside]).length, 4);
  });
});

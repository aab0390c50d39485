import assert from "node:assert/strict";

import { hex, physicalName, ProviderContext, uuid } from "../../resources/context";
import { contextOf } from "./support";

describe("resources/context", () => {
  it("has the account, region and default tags of the configuration", () => {
    const { accountId, region, defaultTags } = contextOf();
    assert.deepEqual(
      [accountId, region, defaultTags],
      ["210987654321", "eu-west-1", { stack: "test" }],
    );
    const empty = new ProviderContext({ config: {}, resources: () => [] });
    assert.deepEqual([empty.accountId, empty.region, empty.defaultTags], ["123456789012", "", {}]);
  });

  it("makes ARNs of its region and account, or of none", () => {
    const context = contextOf();
    assert.equal(context.arn("sqs", "q"), "arn:aws:sqs:eu-west-1:210987654321:q");
    assert.equal(
      context.arn("route53", "zone", { region: "", account: "" }),
      "arn:aws:route53:::zone",
    );
  });

  it("generates ids and names that depend on the name only", () => {
    assert.match(hex("a", 17), /^[0-9a-f]{17}$/);
    assert.equal(hex("a", 17), hex("a", 17));
    assert.notEqual(hex("a", 17), hex("b", 17));
    assert.match(uuid("a"), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(physicalName("given", "name"), "given");
    for (const none of [undefined, ""]) {
      assert.equal(physicalName(none, "name"), `name-${hex("name", 7)}`);
    }
    assert.equal(physicalName(undefined, "name#2"), `name-${hex("name#2", 7)}`);
  });
});

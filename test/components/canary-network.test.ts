import assert from "node:assert/strict";

import { CanaryNetwork } from "../../components/canary-network";
import { make } from "../support/evaluate-component";

const tags = { project: "p", stack: "s", environment: "e" };
const makeNetwork = () =>
  make(
    "canary",
    () =>
      new CanaryNetwork("canary", {
        vpcId: "vpc-1",
        endpointSecurityGroupId: "sg-endpoint",
        tags,
      }),
  );

describe("components/CanaryNetwork", () => {
  it("opens FTP's ports between the canary and the endpoint, by groups, and nothing else", async () => {
    const { child, types } = await makeNetwork();
    assert.deepEqual(types, [
      "SecurityGroup",
      "SecurityGroupEgressRule",
      "SecurityGroupEgressRule",
      "SecurityGroupIngressRule",
      "SecurityGroupIngressRule",
    ]);
    const canary = child("group").id;
    const ends = { control: [21, 21], passive: [8192, 8200] };
    for (const [suffix, [fromPort, toPort]] of Object.entries(ends)) {
      for (const [direction, at, other] of [
        ["out", canary, "sg-endpoint"],
        ["in", "sg-endpoint", canary],
      ]) {
        const { description, tags: own, ...rule } = child(`${suffix}-${direction}`).inputs;
        assert.ok(description && own);
        // No cidrIpv4, cidrIpv6 or prefixListId: an address may be another host's tomorrow.
        assert.deepEqual(rule, {
          ipProtocol: "tcp",
          fromPort,
          toPort,
          securityGroupId: at,
          referencedSecurityGroupId: other,
        });
      }
    }
  });

  it("has a group of its own in the VPC, without a rule inside it, and tags everything", async () => {
    const { child, resources } = await makeNetwork();
    const { vpcId, ingress, egress } = child("group").inputs;
    assert.deepEqual([vpcId, ingress, egress], ["vpc-1", undefined, undefined]);
    const taggable = resources.filter(({ type }) => type.startsWith("aws:"));
    for (const { inputs } of taggable) {
      const { Name, ...rest } = inputs.tags as Record<string, string>;
      assert.match(Name, /^canary/);
      assert.deepEqual(rest, tags);
    }
  });
});

import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { providers } from "../../resources";
import type { SiteConfig } from "../../stacks/site-config";
import { zonesOf } from "../../stacks/zones";
import { make } from "../support/evaluate-component";

const region = "ap-northeast-1";
const zones = (...letters: string[]) => letters.map((letter) => `${region}${letter}`);

/** The zones that a stack selects in an account with three, with what it reads there. */
async function select(config: Partial<SiteConfig>, subnets: Record<string, string> = {}) {
  const reads: string[] = [];
  const tags: unknown[] = [];
  let chosen: string[] = [];
  const site = {
    ...{ stack: "dev", region, availabilityZones: 2, availabilityZoneNames: [] },
    ...config,
  } as unknown as SiteConfig;
  await make("site", async () => (chosen = await zonesOf("canal-ftp-dev", site)), {
    ...providers,
    invoke: (...[token, inputs, state]: Parameters<typeof providers.invoke>) => {
      reads.push(token.split(":").pop()!);
      if (token.endsWith("getAvailabilityZones")) return { names: zones("a", "c", "d") };
      if (token.endsWith("getSubnets")) {
        tags.push(inputs.tags);
        const { Name: name } = inputs.tags as { Name: string };
        return { ids: name in subnets ? [subnets[name]] : [] };
      }
      if (token.endsWith("getSubnet")) return { availabilityZone: inputs.id };
      return providers.invoke(token, inputs, state);
    },
  });
  return { chosen, reads, tags };
}

const first = "canal-ftp-dev-network-vpc-ftp-1";

describe("stacks/zones", () => {
  it("selects the account's first zones, and looks for the stack's own subnets by name and tags", async () => {
    const { chosen, tags } = await select({});
    assert.deepEqual(chosen, zones("a", "c"));
    const [{ Name: name, ...own }] = tags as Record<string, string>[];
    assert.equal(name, first);
    assert.ok(Object.values(own).includes("dev"), JSON.stringify(own));
  });

  it("keeps the zones of the stack's subnets", async () => {
    const { chosen } = await select({}, { [first]: zones("d")[0] });
    assert.deepEqual(chosen, zones("d", "a"));
  });

  it("reads nothing for an existing VPC, whose subnets are in zones already", async () => {
    const existingVpc = { vpcId: "vpc-1" } as SiteConfig["existingVpc"];
    assert.deepEqual(await select({ existingVpc }), { chosen: [], reads: [], tags: [] });
  });

  for (const [mistake, config, subnets, message] of [
    ["a zone that the account does not have", zones("x"), {}, /no zone ap-northeast-1x/],
    ["a subnet that would move", zones("a"), { [first]: zones("c")[0] }, /cannot move/],
  ] as const) {
    it(`refuses ${mistake} as a mistake of the configuration`, async () => {
      const wanted = { availabilityZones: 1, availabilityZoneNames: [...config] };
      await assert.rejects(select(wanted, subnets), (error: Error) => {
        assert.ok(pulumi.RunError.isInstance(error), error.stack);
        assert.match(error.message, /Pulumi\.dev\.yaml/);
        assert.match(error.message, /canal-ftp:availabilityZoneNames: /);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

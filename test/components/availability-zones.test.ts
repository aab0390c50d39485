import assert from "node:assert/strict";

import { chooseZones } from "../../components/availability-zones";
import { EndpointNetwork } from "../../components/endpoint-network";
import { subnetName } from "../../lib/zones";
import { providers } from "../../resources";
import { make } from "../support/evaluate-component";

const region = "ap-northeast-1";
const zones = (...letters: string[]) => letters.map((letter) => `${region}${letter}`);

/** An account whose subnets, by name, are in these zones: several of a name in several zones. */
function account(subnets: Readonly<Record<string, readonly string[]>>) {
  const asked: Record<string, unknown>[] = [];
  return {
    asked,
    ...providers,
    invoke: (...[token, inputs, state]: Parameters<typeof providers.invoke>) => {
      if (token.endsWith("getSubnets")) {
        const tags = inputs.tags as Record<string, string>;
        asked.push(tags);
        return { ids: (subnets[tags.Name] ?? []).map((zone) => `subnet-in-${zone}`) };
      }
      if (token.endsWith("getSubnet")) {
        return { availabilityZone: String(inputs.id).replace("subnet-in-", "") };
      }
      return providers.invoke(token, inputs, state);
    },
  };
}

const network = "net";
const tags = { stack: "dev" };

describe("components/chooseZones", () => {
  it("selects the first zones, and the network passes them to awsx by name", async () => {
    const { child } = await make(
      network,
      async () => {
        const availabilityZoneNames = await chooseZones({ network, region, count: 2, tags });
        new EndpointNetwork(network, { allowedCidr: "100.64.0.0/10", availabilityZoneNames });
      },
      account({}),
    );
    assert.deepEqual(child("vpc").inputs.availabilityZoneNames, zones("a", "b"));
    assert.equal(child("vpc").inputs.numberOfAvailabilityZones, undefined);
  });

  it("finds the subnets that awsx has named, with the tags given", async () => {
    const existing = account({ [subnetName(network, 1)]: zones("c") });
    let chosen: string[] = [];
    await make(
      network,
      async () => (chosen = await chooseZones({ network, region, count: 2, tags })),
      existing,
    );
    assert.deepEqual(chosen, zones("c", "a"));
    assert.deepEqual(existing.asked[0], { stack: "dev", Name: "net-vpc-ftp-1" });
  });

  it("names subnets as awsx does", async () => {
    const { resources } = await make(
      network,
      () => new EndpointNetwork(network, { allowedCidr: "100.64.0.0/10" }),
    );
    const names = resources.filter(({ type }) => type.endsWith(":Subnet")).map(({ name }) => name);
    assert.deepEqual(names, [subnetName(network, 1), subnetName(network, 2)]);
  });

  it("requires names when two networks have the same name and tags", async () => {
    const existing = account({ [subnetName(network, 1)]: zones("a", "c") });
    await assert.rejects(
      make(network, () => chooseZones({ network, region, count: 2, tags }), existing),
      /Subnets in ap-northeast-1a and ap-northeast-1c are named net-vpc-ftp-1 .* by name/,
    );
  });
});

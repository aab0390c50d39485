import assert from "node:assert/strict";

import { Mistakes } from "../../stacks/mistakes";
import { checkNetworks, checkRegion } from "../../stacks/rules";
import type { SiteValues } from "../../stacks/site-schema";

const networks: Partial<SiteValues> = {
  canal: "soracom",
  coverage: "jp",
  vpcCidr: "10.0.0.0/16",
  deviceCidr: "10.128.0.0/9",
  allowedCidr: "vpg",
};

function networkMistakes(changes: Partial<SiteValues>): string[] {
  const mistakes = new Mistakes();
  checkNetworks({ ...networks, ...changes }, mistakes);
  return mistakes.lines.map((line) => line.replace(/^canal-ftp:(\w+): .*/, "$1"));
}

function regionMistakes(region: string | undefined, values: Partial<SiteValues>): string[] {
  const mistakes = new Mistakes();
  checkRegion(region, values, mistakes);
  return mistakes.lines;
}

describe("stacks/rules", () => {
  const cases: [string, Partial<SiteValues>, string[]][] = [
    ["the defaults", {}, []],
    ["a device range next to the VPC", { vpcCidr: "10.64.0.0/16" }, []],
    ["a device range over the VPC", { vpcCidr: "10.128.0.0/16" }, ["vpcCidr"]],
    [
      "that without Canal",
      { vpcCidr: "10.128.0.0/16", canal: "none", allowedCidr: "10.0.0.0/8" },
      [],
    ],
    ["10.21.0.0/16 in Japan", { vpcCidr: "10.21.0.0/16" }, ["vpcCidr"]],
    ["10.21.0.0/16 with Global coverage", { vpcCidr: "10.21.0.0/16", coverage: "g" }, []],
    ["a /16 and a /26", { vpcCidr: "172.16.0.0/26" }, []],
    ["a /27", { vpcCidr: "172.16.0.0/27" }, ["vpcCidr"]],
    ["public addresses", { vpcCidr: "172.32.0.0/16" }, ["vpcCidr"]],
    ["devices in 198.18.0.0/15", { deviceCidr: "198.19.0.0/16" }, ["deviceCidr"]],
    ["devices in 100.64.0.0/10", { deviceCidr: "100.127.0.0/16" }, ["deviceCidr"]],
    ["a part of the shared range", { allowedCidr: "100.64.152.0/24" }, []],
    ["private addresses with Canal", { allowedCidr: "10.0.0.0/8" }, ["allowedCidr"]],
    ["private addresses without", { canal: "none", allowedCidr: "192.168.0.0/16" }, []],
    ["vpg without Canal", { canal: "none" }, ["allowedCidr"]],
    [
      "three mistakes together",
      { vpcCidr: "x", deviceCidr: "y", allowedCidr: "z" },
      ["deviceCidr", "vpcCidr", "allowedCidr"],
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(`${expected.length > 0 ? "refuses" : "accepts"} ${what}`, () => {
      assert.deepEqual(networkMistakes(changes), expected);
    });
  }

  it("checks the block of an existing VPC by its own key", () => {
    const existingVpc = { vpcId: "vpc-1", subnetIds: ["subnet-1"], routeTableIds: ["rtb-1"] };
    const cidr = (block: string) =>
      networkMistakes({ existingVpc: { ...existingVpc, cidr: block } });
    assert.deepEqual(cidr("8.8.0.0/16"), ["existingVpc"]);
    assert.deepEqual(cidr("10.1.0.0/16"), []);
  });

  it("requires a region in which SORACOM has VPGs of the coverage", () => {
    const jp = { canal: "soracom", coverage: "jp" } as const;
    assert.deepEqual(regionMistakes("ap-northeast-1", jp), []);
    assert.match(regionMistakes("us-west-2", jp)[0], /allowed: ap-northeast-1 \(coverage jp/);
    assert.deepEqual(regionMistakes("us-west-2", { ...jp, coverage: "g" }), []);
    assert.deepEqual(regionMistakes("eu-west-1", { ...jp, canal: "none" }), []);
    for (const region of [undefined, "", "tokyo"]) {
      assert.match(regionMistakes(region, jp)[0], /an AWS region such as ap-northeast-1/);
    }
  });
});

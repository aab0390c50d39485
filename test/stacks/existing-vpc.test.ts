import assert from "node:assert/strict";

import { existingVpcMistakes, type SubnetFacts, type VpcFacts } from "../../stacks/existing-vpc";
import { checkConfig } from "../../stacks/site-config";
import { stackValues } from "../support/stack-values";

const existingVpc = {
  vpcId: "vpc-1",
  cidr: "172.16.0.0/16",
  subnetIds: ["subnet-a", "subnet-c"],
  routeTableIds: ["rtb-a", "rtb-c"],
};
const subnet = (letter: "a" | "c", more: Partial<SubnetFacts> = {}): SubnetFacts => ({
  id: `subnet-${letter}`,
  vpcId: "vpc-1",
  zone: `ap-northeast-1${letter}`,
  block: letter === "a" ? "172.16.0.0/24" : "172.16.1.0/24",
  freeAddresses: 9,
  routeTableId: `rtb-${letter}`,
  ...more,
});
const facts: VpcFacts = {
  blocks: ["172.16.0.0/16"],
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [subnet("a"), subnet("c")],
};

/** Mistakes of a dev stack in the VPC above, with other configuration or facts. */
function mistakes(more: Partial<VpcFacts>, config: Record<string, string> = {}): string[] {
  const own = Object.entries(stackValues("dev").values)
    .filter(([key]) => key.startsWith("canal-ftp:"))
    .map(([key, value]) => [key.replace("canal-ftp:", ""), value]);
  const checked = checkConfig("dev", "ap-northeast-1", {
    ...(Object.fromEntries(own) as Record<string, string>),
    existingVpc: JSON.stringify(existingVpc),
    ...config,
  });
  if ("mistakes" in checked) assert.fail(checked.mistakes.join("\n"));
  return existingVpcMistakes(checked.config, { ...facts, ...more });
}

const deviceName = { deviceName: "ftp.plant.internal" };

describe("stacks/existingVpcMistakes", () => {
  it("finds none in a VPC that is as configured, with a second block", () => {
    assert.deepEqual(mistakes({}), []);
    assert.deepEqual(mistakes({ blocks: ["10.9.0.0/16", "172.16.0.0/16"] }, deviceName), []);
  });

  const cases: [string, Partial<VpcFacts>, Record<string, string>, RegExp][] = [
    [
      "a VPC that does not exist",
      { blocks: undefined },
      {},
      /\.vpcId: "vpc-1" given; .* not exist/,
    ],
    [
      "another block",
      { blocks: ["172.31.0.0/16"] },
      {},
      /\.cidr: "172\.16\.0\.0\/16" given; allowed: 172\.31\.0\.0\/16, the block of vpc-1/,
    ],
    [
      "a second block over the devices' range",
      { blocks: ["172.16.0.0/16", "10.200.0.0/16"] },
      {},
      /deviceCidr: "10\.128\.0\.0\/9" given; allowed: a block apart from 10\.200\.0\.0\/16/,
    ],
    [
      "DNS hostnames off",
      { dnsHostnames: false },
      deviceName,
      /deviceName: .* enable DNS hostnames/,
    ],
    ["DNS support off", { dnsSupport: false }, deviceName, /deviceName: .* enable DNS support/],
    [
      "a subnet that does not exist",
      { subnets: [subnet("a"), { id: "subnet-c" }] },
      {},
      /\.subnetIds: "subnet-c" given; allowed: a subnet of vpc-1; it does not exist/,
    ],
    [
      "a subnet of another VPC",
      { subnets: [subnet("a"), subnet("c", { vpcId: "vpc-2" })] },
      {},
      /\.subnetIds: "subnet-c" given; .*; it is in vpc-2/,
    ],
    [
      "a subnet in another block",
      { subnets: [subnet("a"), subnet("c", { block: "10.9.0.0/24" })] },
      {},
      /"subnet-c" given; allowed: a subnet inside canal-ftp:existingVpc\.cidr; .* 10\.9\.0\.0\/24/,
    ],
    [
      "two subnets in a zone",
      { subnets: [subnet("a"), subnet("c", { zone: "ap-northeast-1a" })] },
      {},
      /"subnet-c" given; allowed: one subnet in each zone; subnet-a is in ap-northeast-1a/,
    ],
    [
      "no free address",
      { subnets: [subnet("a", { freeAddresses: 0 }), subnet("c")] },
      {},
      /"subnet-a" given; allowed: a subnet with 1 free addresses or more; it has 0/,
    ],
    [
      "an address for the endpoint, but none for canary and resolver",
      { subnets: [subnet("a"), subnet("c", { freeAddresses: 2 })] },
      { canary: "true", ...deviceName },
      /"subnet-c" given; allowed: a subnet with 3 free addresses or more; it has 2/,
    ],
    [
      "a route table that is not listed",
      { subnets: [subnet("a"), subnet("c", { routeTableId: "rtb-main" })] },
      {},
      /\.routeTableIds: \["rtb-a","rtb-c"\] given; allowed: rtb-main among them, which subnet-c/,
    ],
  ];
  for (const [what, more, config, expected] of cases) {
    it(`finds ${what}`, () => assert.match(mistakes(more, config)[0] ?? "none", expected));
  }

  it("finds a route table that no subnet uses", () => {
    const subnets = [subnet("a"), subnet("c", { routeTableId: "rtb-a" })];
    assert.deepEqual(mistakes({ subnets }), [
      'canal-ftp:existingVpc.routeTableIds: "rtb-c" given; allowed: only tables that these subnets use: rtb-a',
    ]);
  });

  it("ignores DNS without a device name, and free addresses where the endpoint is", () => {
    assert.deepEqual(mistakes({ dnsHostnames: false, dnsSupport: false }), []);
    const full = { freeAddresses: 0, hasEndpoint: true };
    assert.deepEqual(mistakes({ subnets: [subnet("a", full), subnet("c", full)] }), []);
  });
});

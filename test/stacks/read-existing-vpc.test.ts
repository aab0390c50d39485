import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { providers } from "../../resources";
import { program } from "../../stacks/program";
import { stackValues } from "../support/stack-values";

const existingVpc = {
  vpcId: "vpc-1",
  cidr: "172.16.0.0/16",
  subnetIds: ["subnet-a", "subnet-c"],
  routeTableIds: ["rtb-a"],
};

/** Answers of AWS's reads, by function and by the id that is asked for. */
type Account = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

const subnets = {
  "subnet-a": {
    vpcId: "vpc-1",
    cidrBlock: "172.16.0.0/24",
    availabilityZone: "ap-northeast-1a",
    availableIpAddressCount: 9,
  },
  "subnet-c": {
    vpcId: "vpc-1",
    cidrBlock: "172.16.1.0/24",
    availabilityZone: "ap-northeast-1c",
    availableIpAddressCount: 9,
  },
};
const association = (cidrBlock: string, state = "associated") => ({ cidrBlock, state });
const account: Account = {
  getVpc: {
    "vpc-1": {
      cidrBlockAssociations: [association("172.16.0.0/16")],
      enableDnsSupport: true,
      enableDnsHostnames: true,
    },
  },
  getSubnet: subnets,
  // subnet-c has no table of its own: it uses the main one.
  getRouteTables: { "subnet-a": { ids: ["rtb-a"] }, true: { ids: ["rtb-a"] } },
  getNetworkInterfaces: {},
};

/** Runs dev's program in the VPC above. Returns the types it registered, and what it was rejected with. */
async function run(changes: Partial<Account>, config: Record<string, string> = {}) {
  const answers = { ...account, ...changes };
  const registered: string[] = [];
  const { project, values } = stackValues("dev");
  const all = { ...values, "canal-ftp:existingVpc": JSON.stringify(existingVpc), ...config };
  const state = { config: all, resources: () => [] };
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name }) {
        registered.push(type);
        return { id: name, state: {} };
      },
      call({ token, inputs }) {
        const table = answers[token.split(":").pop()!];
        if (!table) return providers.invoke(token, inputs as Record<string, unknown>, state);
        const { id, filters } = inputs as { id?: string; filters?: { values: string[] }[] };
        const answer = table[id ?? filters![0].values[0]];
        // Pulumi's runtime takes an error's text from gRPC's field.
        const details = "invocation of the function returned an error: no matching EC2 VPC found";
        if (!answer && id) throw Object.assign(new Error(details), { details });
        return answer ?? { ids: [] };
      },
    },
    project,
    "dev",
    // In a preview outputs are unknown, so that nothing has to be answered for resources.
    true,
  );
  pulumi.runtime.setAllConfig(all);
  try {
    await pulumi.runtime.runInPulumiStack(async () => program());
    return { registered, error: undefined };
  } catch (error) {
    return { registered, error: error as Error };
  } finally {
    await pulumi.runtime.disconnect();
  }
}

describe("stacks, in an existing VPC", () => {
  it("come up when the VPC is as configured", async () => {
    const { error, registered } = await run({});
    assert.equal(error, undefined);
    assert.ok(registered.includes("aws:transfer/server:Server"));
  });

  it("register nothing when it is not, and list every difference", async () => {
    const getVpc = {
      "vpc-1": {
        ...account.getVpc["vpc-1"],
        cidrBlockAssociations: [
          association("172.31.0.0/16"),
          association("172.16.0.0/16", "failed"),
        ],
        enableDnsHostnames: false,
      },
    };
    const getRouteTables = { "subnet-a": { ids: ["rtb-own"] }, true: { ids: ["rtb-main"] } };
    const { error, registered } = await run(
      { getVpc, getRouteTables },
      { "canal-ftp:deviceName": "ftp.plant.internal" },
    );
    assert.ok(error instanceof pulumi.RunError);
    assert.deepEqual(registered, ["pulumi:pulumi:Stack"]);
    assert.match(error.message, /^Pulumi\.dev\.yaml has 5 mistakes; nothing was created:/);
    for (const line of [
      /existingVpc\.cidr: "172\.16\.0\.0\/16" given; allowed: 172\.31\.0\.0\/16, the block/,
      /deviceName: .* enable DNS hostnames of vpc-1/,
      /routeTableIds: \["rtb-a"\] given; allowed: rtb-own among them, which subnet-a uses/,
      /routeTableIds: \["rtb-a"\] given; allowed: rtb-main among them, which subnet-c uses/,
      /routeTableIds: "rtb-a" given; allowed: only tables that these subnets use: rtb-own, rtb-main/,
    ]) {
      assert.match(error.message, line);
    }
  });

  it("need a free address in a subnet, unless their endpoint is there", async () => {
    const full = { ...subnets["subnet-a"], availableIpAddressCount: 0 };
    const getSubnet = { ...subnets, "subnet-a": full };
    const { error } = await run({ getSubnet });
    assert.match(String(error?.message), /"subnet-a" given; .* it has 0/);
    const getNetworkInterfaces = { "subnet-a": { ids: ["eni-1"] } };
    assert.equal((await run({ getSubnet, getNetworkInterfaces })).error, undefined);
  });

  it("report a VPC and subnets that do not exist; any other failure is not taken for that", async () => {
    const { error } = await run({ getVpc: {}, getSubnet: {} });
    assert.match(String(error?.message), /1 mistake;.*\n.*vpcId: "vpc-1" given; .* does not exist/);
    const details = "UnauthorizedOperation: ec2:DescribeVpcs";
    const reject = () => {
      throw Object.assign(new Error(details), { details });
    };
    const getVpc = new Proxy({}, { get: reject });
    assert.match(String((await run({ getVpc })).error?.message), /UnauthorizedOperation/);
  });
});

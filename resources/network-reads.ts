import { nthBlock, parseCidr } from "../lib/ipv4";
import { ofType, type Resource } from "../lib/stack/resource";
import type { ProviderContext } from "./context";
import type { Invoke } from "./resource-type";
import { zonesOf } from "./zones";

type Values = Readonly<Record<string, unknown>>;

/** A VPC that a stack is given, as `existingVpc` in its configuration describes it. */
interface GivenVpc {
  readonly vpcId: string;
  readonly cidr: string;
  readonly subnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
}

/** The given VPC of any project's configuration; undefined without one. */
function givenVpc({ config }: ProviderContext): GivenVpc | undefined {
  const key = Object.keys(config).find((name) => name.endsWith(":existingVpc"));
  const value = JSON.parse(config[key ?? ""] ?? "{}") as Partial<GivenVpc>;
  return value.vpcId === undefined ? undefined : (value as GivenVpc);
}

/** A quarter of the VPC for each given subnet, each in a zone of its own. */
function givenSubnet(id: string, given: GivenVpc, region: string): Values | undefined {
  const index = given.subnetIds.indexOf(id);
  if (index < 0) return undefined;
  const block = parseCidr(given.cidr)!;
  return {
    vpcId: given.vpcId,
    cidrBlock: nthBlock(given.cidr, block.prefix + 2, index),
    availabilityZone: zonesOf(region)[index]?.name,
    availableIpAddressCount: 200,
  };
}

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";

/** The values of one of a function's filters; undefined without it. */
export const filter = (filters: unknown, name: string): readonly string[] | undefined =>
  (filters as { name: string; values: string[] }[] | undefined)?.find((one) => one.name === name)
    ?.values;

const find = (resources: readonly Resource[], type: string, id: unknown) =>
  ofType(resources, type).find((resource) => resource.id === id);

/** Reads of networks. A VPC that the stack is given is as its configuration describes it. */
export const networkReads = {
  getVpc: {
    result: ({ id }, context) => {
      const given = givenVpc(context);
      const vpc = find(context.resources, vpcType, id);
      if (!vpc && given?.vpcId !== id) throw new Error("no matching EC2 VPC found");
      const cidrBlock = String(vpc?.outputs.cidrBlock ?? given?.cidr);
      return {
        id,
        cidrBlock,
        cidrBlockAssociations: [{ associationId: "", cidrBlock, state: "associated" }],
        // AWS's own defaults (EC2 API, CreateVpc).
        enableDnsSupport: vpc?.inputs.enableDnsSupport ?? true,
        enableDnsHostnames: vpc ? (vpc.inputs.enableDnsHostnames ?? false) : true,
      };
    },
    actions: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
  },

  getSubnets: {
    result: ({ tags = {} }, { resources, region }) => ({
      id: region,
      ids: ofType(resources, subnetType)
        .filter(({ outputs }) =>
          Object.entries(tags as Values).every(
            ([key, value]) => (outputs.tagsAll as Values | undefined)?.[key] === value,
          ),
        )
        .map(({ id }) => id),
    }),
    actions: ["ec2:DescribeSubnets"],
  },

  getSubnet: {
    result: ({ id }, context) => {
      const given = givenVpc(context);
      const subnet =
        find(context.resources, subnetType, id)?.outputs ??
        (given && givenSubnet(String(id), given, context.region));
      if (!subnet) throw new Error("no matching EC2 Subnet found");
      return { availableIpAddressCount: 200, ...subnet, id };
    },
    actions: ["ec2:DescribeSubnets"],
  },

  getRouteTables: {
    result: ({ vpcId, filters }, context) => {
      const { resources, region } = context;
      const given = givenVpc(context);
      const [subnetId] = filter(filters, "association.subnet-id") ?? [];
      if (subnetId !== undefined) {
        const index = given?.subnetIds.indexOf(subnetId) ?? -1;
        const table =
          ofType(resources, associationType).find(({ inputs }) => inputs.subnetId === subnetId)
            ?.inputs.routeTableId ??
          (index < 0 ? undefined : (given!.routeTableIds[index] ?? given!.routeTableIds.at(-1)));
        return { id: region, ids: table === undefined ? [] : [table] };
      }
      // The main table of a VPC belongs to no resource.
      if (filter(filters, "association.main")) return { id: region, ids: [] };
      const own = ofType(resources, "aws:ec2/routeTable:RouteTable")
        .filter(({ inputs }) => inputs.vpcId === vpcId)
        .map(({ id }) => id);
      const all = given?.vpcId === vpcId ? given!.routeTableIds : own;
      const to = filter(filters, "route.destination-cidr-block");
      const routes = ofType(resources, "aws:ec2/route:Route").map(({ inputs }) => inputs);
      const leads = (id: string) =>
        routes.some(
          ({ routeTableId, destinationCidrBlock }) =>
            routeTableId === id && to?.includes(String(destinationCidrBlock)),
        );
      return { id: region, ids: to ? all.filter(leads) : all };
    },
    actions: ["ec2:DescribeRouteTables"],
  },

  getNetworkInterfaces: {
    // Only those of FTP endpoints: each subnet of a server has one.
    result: ({ filters }, { resources, region }) => {
      const [subnetId] = filter(filters, "subnet-id") ?? [];
      const servers = ofType(resources, "aws:transfer/server:Server").filter(({ inputs }) =>
        ((inputs.endpointDetails as Values)?.subnetIds as string[] | undefined)?.includes(subnetId),
      );
      return { id: region, ids: servers.map(({ id }) => `eni-${id}-${subnetId}`) };
    },
    actions: ["ec2:DescribeNetworkInterfaces"],
  },
} satisfies Record<string, Invoke>;

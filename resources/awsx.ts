import { nthBlock } from "../lib/ipv4";
import { keyOf, Resource } from "../lib/stack/resource";
import { actions } from "./actions";
import type { ProviderContext } from "./context";
import { networkId } from "./ec2";
import { zonesOf } from "./zones";
import type { Create, Service } from "./resource-type";

/** The fields of `awsx.ec2.Vpc`'s subnet specification that the program uses. */
export interface SubnetSpec {
  readonly type: string;
  readonly name: string;
  readonly cidrMask: number;
}

/**
 * awsx's own provider creates the VPC, so the program does not register its parts. They are created here as that
 * provider does: in each zone a subnet, a route table and their association, and one internet gateway without a
 * route to it.
 */
const createVpc: Create = (name, inputs, context) => {
  const cidrBlock = String(inputs.cidrBlock);
  const part = partMaker(name, inputs, context);
  const theVpc = part("aws:ec2/vpc:Vpc", name, "vpc", { cidrBlock });
  const gateway = part("aws:ec2/internetGateway:InternetGateway", name, "igw", {
    vpcId: theVpc.id,
  });

  const [spec] = inputs.subnetSpecs as SubnetSpec[];
  const zones =
    (inputs.availabilityZoneNames as string[] | undefined) ??
    zonesOf(context.region)
      .slice(0, Number(inputs.numberOfAvailabilityZones))
      .map(({ name }) => name);
  const perZone = zones.map((availabilityZone, zone) => {
    const label = `${name}-${spec.name}-${zone + 1}`;
    const subnet = part("aws:ec2/subnet:Subnet", label, "subnet", {
      vpcId: theVpc.id,
      cidrBlock: nthBlock(cidrBlock, spec.cidrMask, zone),
      availabilityZone,
    });
    const table = part("aws:ec2/routeTable:RouteTable", label, "rtb", { vpcId: theVpc.id });
    const association = part(
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      label,
      "rtbassoc",
      { subnetId: subnet.id, routeTableId: table.id },
    );
    return { subnet, table, association };
  });

  const subnetIds = perZone.map(({ subnet }) => subnet.id);
  return {
    id: "",
    outputs: {
      vpcId: theVpc.id,
      vpc: { id: theVpc.id, ...theVpc.outputs },
      isolatedSubnetIds: subnetIds,
      privateSubnetIds: [],
      publicSubnetIds: [],
      routeTables: perZone.map(({ table }) => ({ id: table.id })),
      internetGateway: { id: gateway.id },
    },
    children: [
      theVpc,
      gateway,
      ...perZone.flatMap(({ subnet, table, association }) => [subnet, table, association]),
    ],
  };
};

function partMaker(component: string, inputs: Record<string, unknown>, context: ProviderContext) {
  const tags = inputs.tags as Record<string, string> | undefined;
  return (
    type: string,
    name: string,
    prefix: string,
    properties: Record<string, unknown>,
  ): Resource => ({
    key: keyOf(type, name),
    type,
    name,
    id: networkId(prefix, type, name),
    inputs: properties,
    outputs: { ...properties, tags, tagsAll: { ...context.defaultTags, ...tags } },
    secrets: [],
    parent: keyOf("awsx:ec2:Vpc", component),
    protect: false,
  });
}

export const awsx: Service = {
  types: {
    "awsx:ec2:Vpc": {
      create: createVpc,
      actions: actions("amazonec2", [], { read: ["ec2:DescribeAvailabilityZones"] }),
      cost: "it consists of other resources",
    },
  },
};

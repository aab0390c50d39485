import { formatAddress, parseCidr } from "../lib/ipv4";
import { ofType, Resource } from "../lib/stack/resource";
import { AnswerContext, hex } from "./context";

type Invoke = (inputs: Record<string, unknown>, context: AnswerContext) => Record<string, unknown>;

/** Look-ups of the program: who am I, and which addresses did the endpoint get. */
export const invokes: Record<string, Invoke> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, { accountId }) => ({
    id: accountId,
    accountId,
    arn: `arn:aws:iam::${accountId}:user/twin`,
    userId: "twin",
  }),

  "aws:index/getRegion:getRegion": (_inputs, { region }) => ({
    id: region,
    region,
    name: region,
    description: region,
  }),

  "aws:index/getPartition:getPartition": (_inputs, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),

  // A stack that is made for the first time: no route is there yet.
  "aws:ec2/getRouteTable:getRouteTable": ({ routeTableId }) => ({
    id: routeTableId,
    routeTableId,
    routes: [],
  }),

  "aws:ec2/getVpcEndpoint:getVpcEndpoint": ({ id }, context) => {
    const { region } = context;
    const endpointId = String(id);
    // As long as the real one, 81 characters: nobody should grow fond of it.
    const name = `${endpointId}-${hex(endpointId, 8)}.server.transfer.${region}.vpce.amazonaws.com`;
    const subnets = subnetsOf(endpointId, context);
    return {
      id: endpointId,
      state: "available",
      dnsEntries: [name, ...subnets.map((_, i) => name.replace(".", `-${region}${"abc"[i]}.`))].map(
        (dnsName) => ({ dnsName, hostedZoneId: "Z1" }),
      ),
      networkInterfaceIds: subnets.map((subnet) => interfaceId(endpointId, subnet)),
    };
  },

  "aws:ec2/getNetworkInterface:getNetworkInterface": ({ id }, context) => {
    for (const server of ofType(context.resources, "aws:transfer/server:Server")) {
      const { vpcEndpointId } = server.outputs.endpointDetails as { vpcEndpointId: string };
      const subnets = subnetsOf(vpcEndpointId, context);
      const index = subnets.findIndex((subnet) => interfaceId(vpcEndpointId, subnet) === id);
      if (index >= 0) return { id, privateIp: addressIn(subnets[index], index, context) };
    }
    throw new Error(`There is no network interface ${String(id)}.`);
  },
};

const interfaceId = (endpointId: string, subnetId: string) =>
  `eni-${hex(`${endpointId} ${subnetId}`, 17)}`;

function subnetsOf(endpointId: string, { resources }: AnswerContext): string[] {
  const details = ofType(resources, "aws:transfer/server:Server")
    .map((server) => server.outputs.endpointDetails as Record<string, unknown>)
    .find((candidate) => candidate.vpcEndpointId === endpointId);
  if (!details) throw new Error(`There is no VPC endpoint ${endpointId}.`);
  return details.subnetIds as string[];
}

/** AWS keeps the first four addresses of a subnet; the endpoint takes one of the others. */
const firstFree = 4;

function addressIn(subnetId: string, index: number, { resources }: AnswerContext): string {
  const subnet = resources.find((resource: Resource) => resource.id === subnetId);
  // An existing VPC's subnets are not the program's: an address of a documentation range stands for theirs.
  const cidr = parseCidr(String(subnet?.outputs.cidrBlock ?? `203.0.113.${index * 64}/26`))!;
  return formatAddress(cidr.base + firstFree + 1);
}

import { containsAddress, formatAddress, parseAddress, parseCidr } from "../../lib/ipv4";
import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import type { Verdict } from "../ftp/service";
import { driverOutputs } from "./driver-outputs";
import type { ServerResource } from "./find-server";

/**
 * Whether a device reaches a port of the endpoint and receives the answer: the security group's rules, then for each
 * subnet the route back and the accepted peering of that route.
 *
 * An endpoint has an address in every subnet and a device may use any of them, so one subnet without a route is a
 * refusal: in AWS the device would connect only sometimes.
 *
 * @param device - The device's address as seen from the VPC.
 * @param port - 21, or a passive port.
 */
export function reachFromDevice(
  stack: EvaluatedStack,
  server: ServerResource,
  device: string,
  port: number,
): Verdict {
  return verdict(pathRefusal(stack.resources, server, { address: device }, port));
}

/**
 * Whether a function in the VPC reaches a port of the endpoint from each of its subnets: the egress rules of its own
 * security groups, then the endpoint's rules for its addresses or its groups.
 *
 * @param caller - The aws.lambda.Function.
 */
export function reachFromFunction(
  { resources }: EvaluatedStack,
  server: ServerResource,
  caller: Resource,
  port: number,
): Verdict {
  const { subnetIds = [], securityGroupIds: groups = [] } = (caller.outputs.vpcConfig ?? {}) as {
    subnetIds?: string[];
    securityGroupIds?: string[];
  };
  if (subnetIds.length === 0) {
    return verdict(`${label(caller)} is in no VPC: it has no route to a private address.`);
  }
  const allowsEgress = ofType(resources, egressRule).some(
    (rule) =>
      groups.includes(String(rule.outputs.securityGroupId)) &&
      server.securityGroupIds.includes(String(rule.outputs.referencedSecurityGroupId)) &&
      coversPort(rule, port),
  );
  if (!allowsEgress) {
    return verdict(
      `${groups.join(", ") || "No group"} of ${label(caller)} has no egress rule for TCP port ${port} to ${server.securityGroupIds.join(", ")}.`,
    );
  }
  return verdict(
    firstDefined(subnetIds, (id) => {
      const subnet = resources.find((resource) => resource.id === id);
      const block = parseCidr(String(subnet?.outputs.cidrBlock ?? ""));
      // AWS reserves the first four addresses of a subnet.
      const address = block === undefined ? "" : formatAddress(block.base + 4);
      return pathRefusal(resources, server, { address, groups }, port);
    }),
  );
}

/** The source of a connection: its address, and its security groups if it is in the VPC. */
interface Caller {
  readonly address: string;
  readonly groups?: readonly string[];
}

const verdict = (refusal: string | undefined): Verdict =>
  refusal === undefined ? { allowed: true } : { allowed: false, reason: refusal };

function pathRefusal(
  resources: readonly Resource[],
  server: ServerResource,
  caller: Caller,
  port: number,
): string | undefined {
  return (
    securityGroupRefusal(resources, server, caller, port) ??
    firstDefined(server.subnetIds, (id) => routeRefusal(resources, server, caller.address, id))
  );
}

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

function securityGroupRefusal(
  resources: readonly Resource[],
  server: ServerResource,
  caller: Caller,
  port: number,
): string | undefined {
  if (server.securityGroupIds.length === 0) {
    return `${label(server.resource)} names no security group: AWS attaches the VPC's default group, which allows only its own members.`;
  }
  const rules = ofType(resources, ingressRule).filter((rule) =>
    server.securityGroupIds.includes(String(rule.outputs.securityGroupId)),
  );
  if (rules.some((rule) => permits(rule, caller, port))) return undefined;

  const groups = resources
    .filter((resource) => server.securityGroupIds.includes(resource.id))
    .map(label)
    .join(", ");
  const present = rules.map((rule) => `${label(rule)} allows ${describe(rule)}`).join("; ");
  return `${groups} has no rule that allows TCP port ${port} from ${caller.address} (${present || "it has no rule at all"}).`;
}

function permits(rule: Resource, { address, groups = [] }: Caller, port: number): boolean {
  const { cidrIpv4, referencedSecurityGroupId } = rule.outputs;
  const isSource =
    contains(cidrIpv4, address) || groups.includes(String(referencedSecurityGroupId));
  return isSource && coversPort(rule, port);
}

function coversPort({ outputs }: Resource, port: number): boolean {
  const { ipProtocol, fromPort, toPort } = outputs;
  if (ipProtocol === "-1") return true;
  return ipProtocol === "tcp" && Number(fromPort) <= port && port <= Number(toPort);
}

function describe({ outputs }: Resource): string {
  const { cidrIpv4, referencedSecurityGroupId, ipProtocol, fromPort, toPort } = outputs;
  const ports =
    fromPort === toPort
      ? `port ${String(fromPort)}`
      : `ports ${String(fromPort)}-${String(toPort)}`;
  const source = cidrIpv4 ?? `members of ${String(referencedSecurityGroupId)}`;
  return `${String(ipProtocol)} ${ports} from ${String(source)}`;
}

/** Why an answer from this subnet does not reach the device; undefined when it does. */
function routeRefusal(
  resources: readonly Resource[],
  server: ServerResource,
  device: string,
  subnetId: string,
): string | undefined {
  const subnet = resources.find((resource) => resource.id === subnetId);
  const vpc = resources.find((resource) => resource.id === server.vpcId);
  if (contains(vpc?.outputs.cidrBlock, device)) return undefined;

  const tables = routeTablesOf(resources, subnetId);
  const routes = ofType(resources, "aws:ec2/route:Route").filter(
    ({ outputs }) =>
      tables.includes(String(outputs.routeTableId)) &&
      contains(outputs.destinationCidrBlock, device),
  );
  const route = routes.find(({ outputs }) => outputs.vpcPeeringConnectionId !== undefined);
  if (!route) {
    const name = subnet ? label(subnet) : subnetId;
    return `${name} (route table ${tables.join(", ") || "none"}) has no route back to ${device} over a peering connection: answers of the endpoint are lost.`;
  }
  return peeringRefusal(resources, server, route, subnet);
}

/** The route tables of a subnet. Those of an existing VPC are unknown: then all tables that the stack adds routes to. */
function routeTablesOf(resources: readonly Resource[], subnetId: string): string[] {
  const associations = ofType(resources, "aws:ec2/routeTableAssociation:RouteTableAssociation");
  const own = associations.filter(({ outputs }) => outputs.subnetId === subnetId);
  const tables = own.map(({ outputs }) => String(outputs.routeTableId));
  if (tables.length > 0 || resources.some(({ id }) => id === subnetId)) return tables;
  return ofType(resources, "aws:ec2/route:Route").map(({ outputs }) =>
    String(outputs.routeTableId),
  );
}

function peeringRefusal(
  resources: readonly Resource[],
  server: ServerResource,
  route: Resource,
  subnet: Resource | undefined,
): string | undefined {
  const id = String(route.outputs.vpcPeeringConnectionId);
  const request = peeringRequest(resources, id);
  if (!request)
    return `${label(route)} leads to ${id}, a peering connection that no command of the stack requested.`;
  const { name, peerVpcId, destinationCidrBlock } = request;
  if (peerVpcId !== server.vpcId) {
    return `${name} peers with ${peerVpcId}, but the server is in ${server.vpcId}.`;
  }
  const first = parseCidr(String(subnet?.outputs.cidrBlock ?? ""))?.base;
  if (first !== undefined && !contains(destinationCidrBlock, formatAddress(first))) {
    return `${name} lets devices reach ${destinationCidrBlock}, which does not contain ${label(subnet!)} (${String(subnet!.outputs.cidrBlock)}).`;
  }
  const accepter = ofType(
    resources,
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  ).find(({ outputs }) => outputs.vpcPeeringConnectionId === id);
  if (accepter?.outputs.acceptStatus !== "active") {
    const missing = accepter ? `${label(accepter)} does not accept` : "no accepter accepts";
    return `${missing} the peering connection ${id} of ${name}: AWS carries no traffic over it and deletes the request after seven days.`;
  }
  return undefined;
}

/** The SORACOM side of a peering: the Command that requested it. */
function peeringRequest(resources: readonly Resource[], peeringConnectionId: string) {
  for (const { resource, output } of driverOutputs(resources)) {
    if (output.peeringConnectionId !== peeringConnectionId) continue;
    return {
      name: label(resource),
      peerVpcId: String(output.peerVpcId),
      destinationCidrBlock: String(output.destinationCidrBlock),
    };
  }
  return undefined;
}

function contains(cidr: unknown, address: string): boolean {
  const block = parseCidr(String(cidr ?? ""));
  const number = parseAddress(address);
  return block !== undefined && number !== undefined && containsAddress(block, number);
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The parts of a site in its picture, from the evaluated resources. A part that the stack does not create, such as
 * the VPG of a site without Canal, is omitted.
 */
import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { findServer } from "../wiring/find-server";
import { apiOf, endpointOf, filesOf, loginOf, uploadRules } from "./aws-parts";
import { Part, PartName, partNames } from "./part";
import { soracomParts } from "./soracom-parts";

/**
 * The parts of the site, in the order of {@link partNames}.
 *
 * @throws WiringError for a stack without a server
 */
export function partsOf(stack: EvaluatedStack): Part[] {
  const { resources } = stack;
  const server = findServer(stack);
  const vpc = ofType(resources, "aws:ec2/vpc:Vpc").find(({ id }) => id === server.vpcId);
  const subnets = ofType(resources, "aws:ec2/subnet:Subnet").filter(({ id }) =>
    server.subnetIds.includes(id),
  );
  const routes = ofType(resources, "aws:ec2/route:Route").filter(
    ({ outputs }) => outputs.vpcPeeringConnectionId !== undefined,
  );
  const tables = resources.filter(({ type }) => /^aws:ec2\/routeTable/.test(type));
  const login = loginOf(resources);
  const parts: Part[] = [
    ...soracomParts(resources),
    {
      part: "vpc",
      name: vpc?.name ?? server.vpcId,
      facts: [
        ...(vpc ? [["range", String(vpc.outputs.cidrBlock)] as const] : []),
        ["subnets", server.subnetIds.length, zonesOf(subnets)],
        ...(routes.length > 0
          ? [["routes", routes.length, String(routes[0].outputs.destinationCidrBlock)] as const]
          : []),
      ],
      resources: [...(vpc ? [vpc] : []), ...subnets, ...tables, ...routes].map(label),
    },
    {
      part: "endpoint",
      name: server.resource.name,
      ...endpointOf(resources, server),
    },
    {
      part: "identity",
      ...login,
      // A refusal may also name a resource of the API.
      resources: [...login.resources, ...apiOf(resources).map(label)],
    },
    { part: "bucket", ...filesOf(stack) },
    { part: "events", ...uploadRules(resources) },
  ];
  return parts.sort((a, b) => partNames.indexOf(a.part) - partNames.indexOf(b.part));
}

/** The part that a log line is about, by the first resource it names. */
export function partNamed(parts: readonly Part[], sentence: string): PartName | undefined {
  let first: { at: number; length: number; part: PartName } | undefined;
  for (const { part, resources } of parts) {
    for (const resource of resources) {
      const at = sentence.indexOf(resource);
      if (at < 0) continue;
      // `Route a-10` starts with `Route a-1`: the longer name is the one in the text.
      const isBetter =
        !first || at < first.at || (at === first.at && resource.length > first.length);
      if (isBetter) first = { at, length: resource.length, part };
    }
  }
  return first?.part;
}

/** Letters of the zones: "a, c" for ap-northeast-1a and ap-northeast-1c. */
function zonesOf(subnets: readonly Resource[]): string {
  const zones = subnets.map(({ outputs }) => String(outputs.availabilityZone ?? "").slice(-1));
  return [...new Set(zones)].sort().join(", ");
}

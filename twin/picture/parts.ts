/**
 * The parts of a site as a picture shows them, read from the evaluated resources. A part that the stack does not
 * make, such as the VPG of a site without Canal, is not there.
 */
import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { findServer } from "../wiring/find-server";
import { apiOf, filesOf, loginOf, reachOf, uploadRules } from "./aws-parts";
import { Part, PartName, partNames } from "./part";
import { soracomParts } from "./soracom-parts";

/** What the site consists of, in the order of {@link partNames}. @throws WiringError for a stack without a server */
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
      resources: labels([...(vpc ? [vpc] : []), ...subnets, ...tables, ...routes]),
    },
    {
      part: "endpoint",
      name: server.resource.name,
      ...reachOf(resources, server),
    },
    {
      part: "identity",
      ...loginOf(resources),
    },
    { part: "bucket", ...filesOf(stack) },
    { part: "events", ...uploadRules(resources) },
  ];
  // The API is the identity provider's too, and a refusal may name it.
  return parts
    .map((part) =>
      part.part === "identity"
        ? { ...part, resources: [...part.resources, ...labels(apiOf(resources))] }
        : part,
    )
    .sort((a, b) => partNames.indexOf(a.part) - partNames.indexOf(b.part));
}

/** The part that a sentence of a log is about, by the first resource it names. */
export function partNamed(parts: readonly Part[], sentence: string): PartName | undefined {
  let first: { at: number; length: number; part: PartName } | undefined;
  for (const { part, resources } of parts) {
    for (const resource of resources) {
      const at = sentence.indexOf(resource);
      if (at < 0) continue;
      // `Route a-1` begins `Route a-10`: of two at one place the longer is meant.
      const isBetter =
        !first || at < first.at || (at === first.at && resource.length > first.length);
      if (isBetter) first = { at, length: resource.length, part };
    }
  }
  return first?.part;
}

/** Letters of the zones: "a, c" of ap-northeast-1a and ap-northeast-1c. */
function zonesOf(subnets: readonly Resource[]): string {
  const zones = subnets.map(({ outputs }) => String(outputs.availabilityZone ?? "").slice(-1));
  return [...new Set(zones)].sort().join(", ");
}

function labels(resources: readonly Resource[]): string[] {
  return resources.map(label);
}

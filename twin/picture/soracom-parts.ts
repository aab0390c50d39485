import { driverCommands } from "../../resources/soracom";
import { label, ofType, Resource } from "../../lib/stack/resource";
import type { Part } from "./part";

/** The SORACOM side: only the device when the stack has no VPG. */
export function soracomParts(resources: readonly Resource[]): Part[] {
  const [vpg, group, sims, peering] = ["vpg", "group", "sims", "peering"].map((noun) =>
    driverCommands(resources, noun).at(0),
  );
  const [accepter] = ofType(
    resources,
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  );
  const parts: Part[] = [
    {
      part: "device",
      facts: [["ftpClient"], ...(vpg ? [["deviceRange", text(vpg.spec.deviceCidr)] as const] : [])],
      resources: [],
    },
  ];
  if (group) {
    const simIds = (sims?.spec.simIds ?? []) as readonly string[];
    parts.push({
      part: "sims",
      name: text(group.spec.name),
      facts: [["sims", simIds.length]],
      resources: [group, ...(sims ? [sims] : [])].map(({ resource }) => label(resource)),
    });
  }
  if (vpg) {
    parts.push({
      part: "vpg",
      name: text(vpg.spec.name),
      facts: [
        ["vpgType", Number(vpg.spec.type)],
        ["seenFrom", text(vpg.result.vpgCidr)],
        ...(vpg.spec.useInternetGateway === false ? [["noInternet"] as const] : []),
      ],
      resources: [label(vpg.resource)],
    });
  }
  if (peering) {
    parts.push({
      part: "canal",
      name: accepter?.name ?? peering.resource.name,
      facts: [
        ["peering", accepter?.outputs.acceptStatus === "active"],
        ["leadsTo", text(peering.spec.destinationCidrBlock)],
      ],
      resources: [peering.resource, ...(accepter ? [accepter] : [])].map(label),
    });
  }
  return parts;
}

const text = (value: unknown) => String(value ?? "?");

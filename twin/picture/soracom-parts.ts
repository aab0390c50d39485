import { driverVerb } from "../../resources/soracom";
import { label, ofType, Resource } from "../../lib/stack/resource";
import type { Part } from "./part";

type JsonObject = Readonly<Record<string, unknown>>;

/** A Command of the SORACOM driver with its specification and its output. */
interface DriverCommand {
  readonly resource: Resource;
  readonly spec: JsonObject;
  readonly result: JsonObject;
}

/** The SORACOM side: only the device when the stack has no VPG. */
export function soracomParts(resources: readonly Resource[]): Part[] {
  const vpg = driverCommand(resources, "vpg");
  const group = driverCommand(resources, "group");
  const sims = driverCommand(resources, "sims");
  const peering = driverCommand(resources, "peering");
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

function driverCommand(resources: readonly Resource[], kind: string): DriverCommand | undefined {
  const found = ofType(resources, "command:local:Command").find(({ inputs }) =>
    driverVerb(inputs)?.startsWith(`${kind} `),
  );
  if (!found) return undefined;
  const { CANAL_FTP_SPEC } = (found.inputs.environment ?? {}) as Record<string, string>;
  return {
    resource: found,
    spec: JSON.parse(CANAL_FTP_SPEC ?? "{}") as JsonObject,
    result: JSON.parse(String(found.outputs.stdout || "{}")) as JsonObject,
  };
}

const text = (value: unknown) => String(value ?? "?");
